import type { Window } from "./catalogue.ts";
import type { AssignmentSource } from "./model.ts";
import { windowState } from "./windows.ts";

/** Why an assignment counts at an instant, or why not. `invalid`: its times cannot be reckoned. */
export type Activity = "active" | "before" | "after" | "closed" | "invalid";

/**
 * Whether an assignment is active: `start <= at < end`, inside its own window and inside its role's.
 * @param roleWindow the allowed hours of the assigned role itself
 * @param at epoch milliseconds, an existing instant
 * @returns `invalid` only where nothing else already rules the assignment out; never throws
 */
export function activity(assignment: AssignmentSource, roleWindow: Window | undefined, at: number): Activity {
  const { start, end, window } = assignment;
  if (start === undefined && end === undefined && window === undefined && roleWindow === undefined)
    return "active";
  if (start !== undefined && at < start) return "before";
  if (end !== undefined && at >= end) return "after";
  const own = window === undefined ? "open" : windowState(window, at);
  const role = roleWindow === undefined ? "open" : windowState(roleWindow, at);
  if (own === "closed" || role === "closed") return "closed";
  const begun = start === undefined || start <= at;
  const running = end === undefined || at < end;
  return begun && running && own === "open" && role === "open" ? "active" : "invalid";
}
