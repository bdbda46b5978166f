import { describeLimit, describeWindow, type Path } from "#lib/access/index.ts";
import type { Step } from "./answer.ts";
import { type Names, windowOf } from "./names.ts";
import type { Question } from "./question.ts";

/** A way in words: assignment → base roles → grant → limits → clock. */
export function stepsOf(path: Path, permission: string, question: Question): Step[] {
  const { names, catalogue } = question;
  const giving = names.role(path.roles.at(-1) ?? "");
  const bases = path.roles.slice(1).map((role, index) => ({
    kind: "base" as const,
    text: `${names.role(path.roles[index] ?? "")} inherits ${names.role(role)}`,
    notes: [],
  }));
  const limit = path.limit && describeLimit(path.limit, catalogue.attributes, names.limits);
  return [
    assignmentStep(path, question),
    ...bases,
    { kind: "grant", text: grantWords(giving, path.grant, permission, names), notes: [] },
    { kind: "limit", text: limit ? `Only ${limit}` : "No limits", notes: [] },
    clockStep(path, question),
  ];
}

function assignmentStep({ assignment, roles }: Path, { names, held }: Question): Step {
  const label = names.role(roles[0] ?? "");
  const hold = held.find(({ id }) => id === assignment);
  if (!hold?.source) return { kind: "assignment", text: `Whoever holds ${label}`, notes: [] };
  const { source, notes, from, until } = hold;
  return { kind: "assignment", text: `Holds ${label}, ${source}`, notes, from, until };
}

function grantWords(role: string, grant: string | undefined, permission: string, names: Names): string {
  if (grant === undefined) return `${role} is a superuser role: it holds everything but its exceptions`;
  if (grant === permission) return `${role} grants ${names.permission(grant)}`;
  return `${role} grants ${names.permission(grant)}, which brings ${names.permission(permission)} along`;
}

function clockStep({ assignment, roles }: Path, { names, held, access }: Question): Step {
  const hold = held.find(({ id }) => id === assignment);
  const own = hold?.hours ?? [];
  const notes = roles.slice(1).flatMap((role) => {
    const window = windowOf(access, role);
    return window ? [`${names.role(role)} counts ${describeWindow(window)}`] : [];
  });
  const bounded = own.length + notes.length > 0 || hold?.until || hold?.from;
  return {
    kind: "clock",
    text: bounded ? "In force at this instant" : "At any time: no start, end or hours",
    notes: [...own, ...notes],
  };
}

/** The same way on one line: "Security Analyst → Viewer". */
export const trailWords = ({ roles }: Path, names: Names): string => roles.map(names.role).join(" → ");
