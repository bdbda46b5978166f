import type { Subject } from "#lib/access/index.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { refuseUnconfirmedRoles } from "./confirmation.ts";
import { type HeldRow, lastingRows } from "./held-rows.ts";
import { loadSubject } from "./load-subject.ts";
import { givingRefusal, ownRoleRefusal, takingRefusal, throwIf } from "./refusals.ts";
import { refuseNone, refuseSeveral, ruledRoles, type StoredRole } from "./ruled-roles.ts";
import type { WantedAssignment } from "./schema.ts";
import { isEditable, type Source } from "./sources.ts";
import { asGiving, type Difference, difference, type Extent, extentOf, isSame } from "./validity.ts";
import { type FieldName, refuseForeignPlace, refuseImpossibleTimes } from "./validity-refusals.ts";
import { writeAssignments } from "./write-assignments.ts";

export interface AssignmentChange {
  actor: Actor;
  at: Date;
  userId: string;
  /** All that shall be held lastingly from here on, but for what comes from elsewhere. */
  wanted: readonly WantedAssignment[];
  /** The dangerous roles among those given or widened that whoever asks agreed to by name. */
  confirmed?: readonly string[];
  /** Names the field of a refusal; `assignments.0.endsAt` unless told otherwise. */
  field?: (index: number, field: Parameters<FieldName>[0]) => string;
  /** Where a refusal of the whole stands. */
  wholeField?: string;
  /** What gives; an administrator unless told otherwise. */
  source?: Source;
  /** Who gives, where it is not who asks. */
  givenBy?: string;
}

/** One wanted assignment beside what it changes. */
export interface Step {
  role: StoredRole;
  extent: Extent;
  reason: string | null;
  held?: HeldRow;
  difference: Difference;
  field: FieldName;
}

export interface Moved {
  added: Step[];
  changed: (Step & { held: HeldRow })[];
  removed: HeldRow[];
}

/**
 * Makes a user's lasting assignments exactly these. Rules are tested only for what changes: what is as it was is
 * no assignment. Holding a role longer, wider or at other hours is giving; holding it shorter or narrower is taking.
 * The caller holds the access lock, has tested the target's rank, and keeps administrators.
 */
export async function changeAssignments(tx: Tx, change: AssignmentChange): Promise<Moved> {
  const { actor, at, userId, wholeField = "assignments" } = change;
  const lasting = await lastingRows(tx, userId, at);
  const held = lasting.filter(({ source }) => isEditable(source));
  const steps = await stepsOf(tx, change, held);
  const staying = new Set(steps.map((step) => step.held?.id));
  const moved: Moved = {
    added: steps.filter((step) => !step.held),
    changed: steps.filter((step): step is Moved["changed"][number] => isChange(step)),
    removed: held.filter(({ id }) => !staying.has(id)),
  };
  if (moved.added.length + moved.changed.length + moved.removed.length === 0) return moved;

  throwIf(ownRoleRefusal(actor, userId), wholeField);
  const foreign = lasting.filter(({ source }) => !isEditable(source));
  const roles = [...steps, ...foreign].map(({ role }) => role.key);
  const access = await currentPolicy(tx);
  refuseSeveral(access.catalogue.assignment, roles, wholeField);
  refuseNone(roles, wholeField);
  const still = steps.filter((step) => step.held && !isChange(step));
  const kept = [...still, ...foreign.map((row) => ({ role: row.role, extent: row }))];
  refuseTwice(kept, [...moved.changed, ...moved.added], at);
  const moving = [...moved.added, ...moved.changed];
  const recipient = moving.some((step) => step.difference.wider)
    ? await loadSubject(tx, { id: userId, active: true }, at.getTime())
    : undefined;
  for (const step of moving) await refuseStep(tx, change, step, recipient);
  for (const { role } of moved.removed) throwIf(takingRefusal(actor, role, at.getTime()), wholeField);
  const given = [...moved.added, ...moved.changed.filter((step) => step.difference.wider)];
  refuseUnconfirmedRoles(
    actor,
    access,
    given.map(({ role }) => role),
    change.confirmed,
  );

  await writeAssignments(tx, change, moved);
  return moved;
}

async function stepsOf(tx: Tx, change: AssignmentChange, held: readonly HeldRow[]): Promise<Step[]> {
  const { at, wanted, field = inList } = change;
  const fieldOf = (key: string) =>
    field(
      wanted.findIndex(({ role }) => role === key),
      "role",
    );
  const found = await ruledRoles(
    tx,
    wanted.map(({ role }) => role),
    fieldOf,
  );
  const roles = new Map(found.map((role) => [role.key, role]));
  return wanted.map((one, index) => {
    const row = one.id === undefined ? undefined : held.find(({ id }) => id === one.id);
    if (one.id !== undefined && !row) refuseGone(field(index, "role"));
    const extent = extentOf(one, at);
    // An assignment is of one role for as long as it is there: another role is another assignment.
    const same = row && row.role.key === one.role ? row : undefined;
    return {
      role: roles.get(one.role) as StoredRole,
      extent,
      reason: one.reason ?? null,
      ...(same && { held: same }),
      difference: same ? difference(same, extent, at) : { wider: true, narrower: false },
      field: (name) => field(index, name),
    };
  });
}

const inList = (index: number, field: string): string => `assignments.${index}.${field}`;

const isChange = ({ held, difference, reason }: Step): boolean =>
  held !== undefined && (difference.wider || difference.narrower || held.reason !== reason);

async function refuseStep(
  tx: Tx,
  { actor, at, userId }: AssignmentChange,
  step: Step,
  recipient: Subject | undefined,
): Promise<void> {
  const { role, extent, difference, field } = step;
  if (!difference.wider && !difference.narrower) return;
  refuseImpossibleTimes(extent, at, field);
  await refuseForeignPlace(tx, userId, extent, field);
  if (recipient && difference.wider)
    throwIf(givingRefusal(actor, role, at.getTime(), asGiving(recipient, extent)), field("role"));
  if (difference.narrower) throwIf(takingRefusal(actor, role, at.getTime()), field("role"));
}

function refuseGone(field: string): never {
  const message = "This assignment is not there any more: it may have ended or been taken away.";
  throw new AppError("invalid", "assignment_not_found", message, { fields: { [field]: [message] } });
}

/** One role may be held twice with different validity; twice the same says nothing. What time made the same stays. */
function refuseTwice(
  still: readonly { role: StoredRole; extent: Extent }[],
  moving: readonly Step[],
  at: Date,
): void {
  for (const [index, one] of moving.entries()) {
    const twin = [...still, ...moving.slice(0, index)].some(
      (other) => other.role.id === one.role.id && isSame(other.extent, one.extent, at),
    );
    if (!twin) continue;
    const message = `${one.role.label} stands here twice with the same times and places: take one away.`;
    throw new AppError("invalid", "duplicate_assignment", message, {
      fields: { [one.field("role")]: [message] },
    });
  }
}
