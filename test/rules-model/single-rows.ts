import { deactivateUser, reactivateUser, setUserRoles } from "#lib/users/index.ts";
import { row, someId, someRoles } from "./row.ts";
import { assigningRules, isSelf } from "./rules.ts";
import { about, administer, ownAccount } from "./user-rows.ts";
import { change, endSessions, type ModelUser, rolesHeld, shutOut, userById } from "./world.ts";

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

const setRoles = row({
  ...act,
  command: setUserRoles,
  weight: 12,
  input: (dice, world) => ({ id: someId(dice, world), roles: someRoles(dice, world) }),
  aims: { "": ({ user, role }) => ({ id: user.id, roles: [role] }) },
  refusals: about((world, caller, user, { roles }: OnUser & { roles: string[] }) => {
    const assigning = assigningRules(world, caller, rolesHeld(user), roles);
    const held = new Set(rolesHeld(user));
    const moves = held.size !== roles.length || roles.some((role) => !held.has(role));
    return [...(moves && isSelf(caller, user) ? ["own_role"] : []), ...assigning];
  }),
  apply(world, _caller, { id, roles }: OnUser & { roles: string[] }) {
    const user = userById(world, id);
    if (!user) return;
    const kept = user.assignments.filter(({ role }) => roles.includes(role));
    const added = roles.filter((role) => !rolesHeld(user).includes(role));
    if (added.length === 0 && kept.length === user.assignments.length) return;
    const assignments = [...kept, ...added.map((role) => ({ role }))];
    change(world, user.username, { assignments, version: user.version + 1 });
    endSessions(world, world.users.get(user.username) as ModelUser);
  },
});

export const singleRows = [deactivate, reactivate, setRoles];
