import type { Client } from "pg";
import type { Window } from "#lib/access/index.ts";
import { editUserRoles } from "#lib/users/index.ts";
import type { Dice } from "./dice.ts";
import { idsOf, isNarrower, isSame, isWider } from "./extents.ts";
import { hours } from "./hours.ts";
import { isDangerous } from "./rights.ts";
import { nobody, row, someId, someRole, someUser, someVersion } from "./row.ts";
import { givingRules, isSelf, takingRules } from "./rules.ts";
import { about, administer } from "./user-rows.ts";
import {
  type Caller,
  change,
  dropUnheld,
  endSessions,
  lastingOf,
  type ModelAssignment,
  type ModelUser,
  temporaryOf,
  userById,
  type World,
} from "./world.ts";

/** One line of the form. */
export interface Wanted {
  role: string;
  startsAt?: string | undefined;
  endsAt?: string | undefined;
  window?: Window | undefined;
  reason?: string | undefined;
  /** The place among what is held; absent for a new one. */
  held?: number;
  id?: string;
}

interface Edited {
  id: string;
  version: number;
  assignments: Wanted[];
  confirmed?: string[];
}

const hour = 3_600_000;
const text = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());

const asWanted = ({ role, start, end, window, reason }: ModelAssignment, held: number): Wanted => ({
  ...{ role, window, reason, held },
  startsAt: text(start),
  endsAt: text(end),
});

/** Mostly ones that can come true. */
const someTimes = (dice: Dice, { at }: World) => ({
  startsAt: dice.chance(0.3) ? text(at + (dice.below(24) - 4) * hour) : undefined,
  endsAt: dice.chance(0.4) ? text(at + (dice.below(40) - 2) * hour) : undefined,
  window: dice.chance(0.25) ? dice.pick(hours) : undefined,
});

const someNew = (dice: Dice, world: World): Wanted => ({
  role: someRole(dice, world),
  ...(dice.chance(0.6) && someTimes(dice, world)),
  ...(dice.chance(0.3) && { reason: "holiday cover" }),
});

function someLine(dice: Dice, world: World, one: Wanted): Wanted {
  if (dice.chance(0.01)) return { role: one.role, id: nobody };
  if (dice.chance(0.05)) return { ...one, reason: "new duties" };
  if (dice.chance(0.05)) return { ...one, role: someRole(dice, world) };
  return dice.chance(0.25) ? { ...one, ...someTimes(dice, world) } : one;
}

function someForm(dice: Dice, world: World, user: ModelUser): Wanted[] {
  const kept = lastingOf(user)
    .map(asWanted)
    .filter(() => dice.chance(0.75));
  const lines = kept.map((one) => someLine(dice, world, one));
  const single = world.catalogue.assignment === "single";
  const room = single ? (lines.length === 0 ? 0.95 : 0.03) : 0.4;
  while (lines.length < 5 && dice.chance(single && lines.length > 0 ? 0.03 : room))
    lines.push(someNew(dice, world));
  return lines;
}

interface Step {
  to: ModelAssignment;
  from: ModelAssignment | undefined;
  gives: boolean;
  takes: boolean;
  moves: boolean;
}

function stepOf(world: World, user: ModelUser, wanted: Wanted): Step {
  const at = (said: string | undefined) => (said === undefined ? undefined : Date.parse(said));
  const { role, window, reason, startsAt, endsAt } = wanted;
  const start = at(startsAt);
  const to = { role, window, reason, end: at(endsAt), start: start && start > world.at ? start : undefined };
  const held = wanted.held === undefined ? undefined : lastingOf(user)[wanted.held];
  if (held?.role !== role) return { to, from: undefined, gives: true, takes: false, moves: true };
  const [gives, takes] = [isWider(world, held, to), isNarrower(world, held, to)];
  return { to, from: held, gives, takes, moves: gives || takes || held.reason !== reason };
}

function moveOf(world: World, user: ModelUser, { assignments }: Edited) {
  const steps = assignments.map((wanted) => stepOf(world, user, wanted));
  const taken = lastingOf(user).filter((one) => steps.every(({ from }) => from !== one));
  return { steps, taken, moves: taken.length > 0 || steps.some((step) => step.moves) };
}

function stepRules(world: World, caller: Caller, { to, gives, takes }: Step): string[] {
  if (!gives && !takes) return [];
  return [
    ...(to.end !== undefined && to.end <= world.at ? ["end_in_past"] : []),
    ...(to.end !== undefined && to.start !== undefined && to.end <= to.start ? ["end_before_start"] : []),
    ...(gives ? givingRules(world, caller, to.role, to) : []),
    ...(takes ? takingRules(world, caller, to.role) : []),
  ];
}

/** Of two that say the same at least one is new: what became the same by itself is left alone. */
const saysTwice = (world: World, steps: readonly Step[]): boolean =>
  steps.some((one) => one.moves && steps.some((other) => other !== one && isSame(world, one.to, other.to)));

export function formRules(world: World, caller: Caller, user: ModelUser, input: Edited): string[] {
  const { steps, taken, moves } = moveOf(world, user, input);
  const given = steps.filter(({ gives }) => gives).map(({ to }) => to.role);
  const danger = given.some((role) => isDangerous(world, role) && input.confirmed?.includes(role) === false);
  const rules = [
    ...(isSelf(caller, user) ? ["own_role"] : []),
    ...(world.catalogue.assignment === "single" && steps.length !== 1 ? ["single_role"] : []),
    ...(steps.length === 0 ? ["no_role"] : []),
    ...(saysTwice(world, steps) ? ["duplicate_assignment"] : []),
    ...steps.flatMap((step) => stepRules(world, caller, step)),
    ...taken.flatMap(({ role }) => takingRules(world, caller, role)),
    ...(danger ? ["confirmation_required"] : []),
  ];
  return [
    ...(user.version === input.version ? [] : ["edit_conflict"]),
    ...(steps.every(({ to }) => world.roles.has(to.role)) ? [] : ["role_not_found"]),
    ...(input.assignments.every(({ id }) => id !== nobody) ? [] : ["assignment_not_found"]),
    ...(moves ? rules : []),
  ];
}

/** The ids of what is held: the model knows none. */
async function withIds(input: Edited, sql: Client, world: World): Promise<Edited> {
  const user = userById(world, input.id);
  const ids = user ? await idsOf(sql, user, lastingOf(user)) : [];
  const named = input.assignments.map((one) => ({
    ...one,
    ...(one.held !== undefined && { id: ids[one.held] as string }),
  }));
  return { ...input, assignments: named };
}

export function applyForm(world: World, input: Edited): void {
  const user = userById(world, input.id);
  if (!user) return;
  const { steps, moves } = moveOf(world, user, input);
  if (!moves) return;
  const lasting = steps.map((step) => (step.from && !step.moves ? step.from : step.to));
  const assignments = [...temporaryOf(user), ...lasting];
  change(world, user.username, { assignments, version: user.version + 1, expression: null });
  endSessions(world, world.users.get(user.username) as ModelUser);
  dropUnheld(world);
}

const far = "2027-01-01T00:00:00Z";
const form = (user: ModelUser, assignments: Wanted[]): Edited => ({
  ...{ id: user.id, version: user.version, assignments },
});

export const editRolesRow = row({
  ...administer,
  command: editUserRoles,
  weight: 20,
  dangerous: false,
  input(dice, world): Edited {
    const user = someUser(dice, world);
    return {
      id: dice.chance(0.01) ? someId(dice, world) : user.id,
      version: someVersion(dice, user.version),
      assignments: someForm(dice, world, user),
      ...(dice.chance(0.05) && { confirmed: [] }),
    };
  },
  aims: {
    unchanged: ({ user }) => form(user, lastingOf(user).map(asWanted)),
    "until then": ({ user }) =>
      form(
        user,
        lastingOf(user).map((one, place) => ({ ...asWanted(one, place), endsAt: far })),
      ),
    "until then as well": ({ user, role }) =>
      form(user, [...lastingOf(user).map(asWanted), { role, endsAt: far }]),
    "anew for office hours": ({ user, role }) => form(user, [{ role, window: hours[1] }]),
    unconfirmed: ({ user, role }) => ({ ...form(user, [{ role, endsAt: far }]), confirmed: [] }),
  },
  complete: withIds,
  refusals: about(formRules),
  apply: (world, _caller, input: Edited) => applyForm(world, input),
});
