import { addBits, newBits } from "./bits.ts";
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
  const always = newBits(policy.keys.length);
  const possible = newBits(policy.keys.length);
  let timed = false;
  let mayBlock = false;
  for (const assignment of subject.assignments) {
    const role = policy.roles.get(assignment.role);
    if (role === undefined) continue;
    held.push({ assignment, role });
    const isTimed = hasTimes(assignment, role);
    if (isTimed) timed = true;
    if (subject.active !== true) continue;
    addBits(possible, possibleOf(role));
    if (!isTimed) addBits(always, role.full);
    if (policy.blocking && [...gatedParts(role)].some((part) => part.blocks)) mayBlock = true;
  }
  if (mayBlock) always.fill(0);
  return { policy, subject, held, timed, always, possible, mayBlock };
}

const hasTimes = ({ start, end, window }: AssignmentSource, role: CompiledRole): boolean =>
  start !== undefined || end !== undefined || window !== undefined || role.window !== undefined;
