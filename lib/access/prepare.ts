import { type Bits, union } from "./bits.ts";
import { type CompiledRole, gatedParts, type Held, type Policy, type Prepared } from "./compiled.ts";
import { possibleOf } from "./could-give.ts";
import type { AssignmentSource, Subject } from "./model.ts";

/** Lays a subject out at its first question; each further one is a look-up and a bit test. */
export function prepare(policy: Policy, subject: Subject): Prepared {
  const known = policy.prepared.get(subject);
  if (known !== undefined) return known;
  const prepared = layOut(policy, freeze(subject));
  policy.prepared.set(subject, prepared);
  return prepared;
}

/** What was laid out must stay true: whoever would change a subject in place gets a TypeError, and makes a new one. */
function freeze(subject: Subject): Subject {
  for (const assignment of subject.assignments) Object.freeze(assignment);
  Object.freeze(subject.assignments);
  return Object.freeze(subject);
}

function layOut(policy: Policy, subject: Subject): Prepared {
  const held: Held[] = [];
  const ever: Bits[] = [];
  const untimed: Bits[] = [];
  let mayBlock = false;
  for (const assignment of subject.assignments) {
    const role = policy.roles.get(assignment.role);
    if (role === undefined) continue;
    held.push({ assignment, role });
    if (subject.active !== true) continue;
    ever.push(possibleOf(role));
    if (!hasTimes(assignment, role)) untimed.push(role.full);
    if (policy.blocking && [...gatedParts(role)].some((part) => part.blocks)) mayBlock = true;
  }
  const size = policy.keys.length;
  const possible = union(ever, size);
  const certain = mayBlock ? [] : untimed;
  // Mostly neither clock nor limits matter, and one set is both.
  const always = ever.every((set, place) => set === certain[place]) ? possible : union(certain, size);
  const timed = held.some(({ assignment, role }) => hasTimes(assignment, role));
  return { policy, subject, held, timed, always, possible, mayBlock };
}

const hasTimes = ({ start, end, window }: AssignmentSource, role: CompiledRole): boolean =>
  start !== undefined || end !== undefined || window !== undefined || role.window !== undefined;
