import { applyPreset, deactivateUser, reactivateUser, setUserRoles } from "#lib/users/index.ts";
import { row, someId, someRoles } from "./row.ts";
import { assigningRules, isSelf } from "./rules.ts";
import { about, administer, ownAccount } from "./user-rows.ts";
import {
  type Caller,
  change,
  dropUnheld,
  endSessions,
  lastingOf,
  lastingRoles,
  type ModelUser,
  shutOut,
  temporaryOf,
  userById,
  type World,
} from "./world.ts";

interface OnUser {
  id: string;
}

const act = { ...administer, dangerous: false } as const;

const deactivate = row({
  ...act,
  command: deactivateUser,
  weight: 5,
  input: (dice, world): OnUser => ({ id: someId(dice, world) }),
  aims: { "": ({ user }) => ({ id: user.id }) },
  refusals: about((_world, caller, user) => (user.active ? ownAccount(caller, user) : [])),
  apply(world, _caller, { id }: OnUser) {
    const user = userById(world, id);
    if (!user?.active) return;
    change(world, user.username, { active: false, version: user.version + 1 });
    shutOut(world, world.users.get(user.username) as ModelUser);
  },
});

const reactivate = row({
  ...act,
  command: reactivateUser,
  weight: 8,
  input: (dice, world): OnUser => ({ id: someId(dice, world) }),
  aims: { "": ({ user }) => ({ id: user.id }) },
  refusals: about(() => []),
  apply(world, _caller, { id }: OnUser) {
    const user = userById(world, id);
    if (user && !user.active) change(world, user.username, { active: true, version: user.version + 1 });
  },
});

function exactRules(world: World, caller: Caller, user: ModelUser, roles: readonly string[]): string[] {
  const held = new Set(lastingRoles(user));
  const moves = held.size !== roles.length || roles.some((role) => !held.has(role));
  return [
    ...(moves && isSelf(caller, user) ? ["own_role"] : []),
    ...assigningRules(world, caller, lastingRoles(user), roles),
  ];
}

/** Exactly these roles; what is held of them already stays as it is. */
function giveExactly(world: World, id: string, roles: readonly string[]): void {
  const user = userById(world, id);
  if (!user) return;
  const kept = lastingOf(user).filter(({ role }) => roles.includes(role));
  const added = roles.filter((role) => !lastingRoles(user).includes(role));
  if (added.length === 0 && kept.length === lastingOf(user).length) return;
  const assignments = [...temporaryOf(user), ...kept, ...added.map((role) => ({ role }))];
  change(world, user.username, { assignments, version: user.version + 1, expression: null });
  endSessions(world, world.users.get(user.username) as ModelUser);
  dropUnheld(world);
}

const setRoles = row({
  ...act,
  command: setUserRoles,
  weight: 12,
  input: (dice, world) => ({ id: someId(dice, world), roles: someRoles(dice, world) }),
  aims: { "": ({ user, role }) => ({ id: user.id, roles: [role] }) },
  refusals: about((world, caller, user, { roles }: OnUser & { roles: string[] }) =>
    exactRules(world, caller, user, roles),
  ),
  apply: (world, _caller, { id, roles }: OnUser & { roles: string[] }) => giveExactly(world, id, roles),
});

interface Preset extends OnUser {
  preset: string;
}

const presetRoles = ({ catalogue }: World, { preset }: Preset): readonly string[] | undefined =>
  catalogue.presets.find(({ key }) => key === preset)?.roles;

const preset = row({
  ...act,
  command: applyPreset,
  weight: 6,
  input(dice, world): Preset {
    const keys = world.catalogue.presets.map(({ key }) => key);
    const known = keys.length > 0 && dice.chance(0.97);
    return { id: someId(dice, world), preset: known ? dice.pick(keys) : "ghost" };
  },
  aims: { "": ({ user, preset }) => ({ id: user.id, preset }) },
  refusals(world, caller, input: Preset) {
    const roles = presetRoles(world, input);
    if (!roles) return ["preset_not_found"];
    return about((_world, _caller, user) => exactRules(world, caller, user, roles))(world, caller, input);
  },
  apply: (world, _caller, input: Preset) => giveExactly(world, input.id, presetRoles(world, input) ?? []),
});

export const singleRows = [deactivate, reactivate, setRoles, preset];
