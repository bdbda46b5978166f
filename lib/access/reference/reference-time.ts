import type { Window } from "../catalogue.ts";
import type { AssignmentSource } from "../model.ts";
import { wallTime } from "./wall-time.ts";

export type Answer = "yes" | "no" | "unknown";

const minutes = (clock: string): number => {
  const [hours, rest] = clock.split(":");
  return Number(hours) * 60 + Number(rest);
};

/** Inside the allowed hours, by the wall clock of the window's zone? */
export function isInside(window: Window | undefined, at: number): Answer {
  if (window === undefined) return "yes";
  const wall = wallTime(window.timeZone, at);
  if (wall === undefined) return "unknown";
  const from = minutes(window.from);
  const to = minutes(window.to);
  for (const day of window.days) {
    const crossesMidnight = from > to;
    if (from === to && wall.today === day) return "yes";
    if (!crossesMidnight && wall.today === day && from <= wall.minute && wall.minute < to) return "yes";
    if (crossesMidnight && wall.today === day && from <= wall.minute) return "yes";
    if (crossesMidnight && wall.yesterday === day && wall.minute < to) return "yes";
  }
  return "no";
}

/** Several things must all be so: one no is a no, else one unknown is unknown. */
function all(...answers: Answer[]): Answer {
  if (answers.includes("no")) return "no";
  return answers.includes("unknown") ? "unknown" : "yes";
}

/** start <= at < end, and inside both windows? */
export function isActive(assignment: AssignmentSource, roleWindow: Window | undefined, at: number): Answer {
  if (Number.isNaN(at)) return "unknown";
  const { start, end, window } = assignment;
  const begun = start === undefined || start <= at ? "yes" : Number.isNaN(start) ? "unknown" : "no";
  const notOver = end === undefined || at < end ? "yes" : Number.isNaN(end) ? "unknown" : "no";
  return all(begun, notOver, isInside(window, at), isInside(roleWindow, at));
}
