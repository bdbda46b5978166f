import { resetFactors } from "#lib/second-factor/index.ts";
import { createUser, deleteUser, resetPassword, resetPasswordByLink, updateUser } from "#lib/users/index.ts";
import {
  passwordRules,
  row,
  someEmail,
  someId,
  somePassword,
  someRoles,
  someUser,
  someVersion,
  usernames,
} from "./row.ts";
import { assigningRules, givingRules, isSelf, rankRule, singleRule, takenRule } from "./rules.ts";
import {
  type Caller,
  change,
  dropUnheld,
  dropUser,
  endSessions,
  lastingOf,
  lastingRoles,
  type ModelUser,
  replacePassword,
  shutOut,
  temporaryOf,
  userById,
  type World,
} from "./world.ts";

interface OnUser {
  id: string;
}

export const administer = { as: "user", need: "manageUsers", dangerous: true, target: "user" } as const;

/** Rules about somebody who has to be there. */
export const about =
  <Input extends OnUser>(rules: (world: World, caller: Caller, user: ModelUser, input: Input) => string[]) =>
  (world: World, caller: Caller, input: Input): string[] => {
    const user = userById(world, input.id);
    return user
      ? [...rankRule(world, caller, user), ...rules(world, caller, user, input)]
      : ["user_not_found"];
  };

export const ownAccount = (caller: Caller, user: ModelUser): string[] =>
  isSelf(caller, user) ? ["own_account"] : [];
const inactive = (user: ModelUser): string[] => (user.active ? [] : ["inactive_user"]);

export function newUser(
  world: World,
  { username, email, password }: { username: string; email: string; password: string },
  roles: readonly string[],
  id = "",
): void {
  const nothing = { former: [], sessions: [], devices: 0, link: undefined, factor: false, expression: null };
  const assignments = roles.map((role) => ({ role }));
  const user = { id, username, email, password, active: true, version: 1, assignments, ...nothing };
  world.users.set(username, user);
}

export const identityOf = (username: string, email: string) => ({
  username,
  email,
  givenName: "",
  familyName: "",
});

interface NewUser {
  username: string;
  email: string;
  password: string;
  roles: string[];
}

const add = row({
  ...administer,
  command: createUser,
  weight: 10,
  dangerous: false,
  target: "role",
  input: (dice, world): NewUser => ({
    ...identityOf(dice.pick(usernames), someEmail(dice)),
    password: somePassword(dice),
    roles: someRoles(dice, world),
  }),
  aims: {
    "with the role": ({ free, role }) => ({
      ...identityOf(free.username, free.email),
      ...{ password: "quiet lamps by the sea 9", roles: [role] },
    }),
  },
  refusals: (world, caller, input: NewUser) => [
    ...passwordRules(undefined, input.password),
    ...takenRule(world, input),
    ...singleRule(world, input.roles),
    ...input.roles.flatMap((role) => givingRules(world, caller, role)),
  ],
  apply: (world, _caller, input: NewUser, result) =>
    newUser(world, input, input.roles, result?.id as string | undefined),
});

interface Edited extends OnUser {
  email: string;
  roles: string[];
  active: boolean;
  version: number;
}

const edited = (user: ModelUser, to: Partial<Edited>): Edited => ({
  ...identityOf(user.username, user.email),
  ...{ id: user.id, roles: lastingRoles(user), active: user.active, version: user.version },
  ...to,
});

const edit = row({
  ...administer,
  command: updateUser,
  weight: 40,
  dangerous: false,
  input(dice, world): Edited {
    const user = someUser(dice, world);
    const held = [...new Set(lastingRoles(user))];
    return {
      ...identityOf(user.username, dice.chance(0.9) ? user.email : someEmail(dice)),
      id: dice.chance(0.01) ? someId(dice, world) : user.id,
      roles: dice.chance(0.35) && held.length > 0 ? held : someRoles(dice, world),
      active: dice.chance(user.active ? 0.9 : 0.4),
      version: someVersion(dice, user.version),
    };
  },
  aims: {
    "another address": ({ user, free }) => edited(user, { email: free.email }),
    inactive: ({ user }) => edited(user, { active: false }),
    "another role": ({ user, role }) => edited(user, { roles: [role] }),
  },
  refusals: about((world, caller, user, input: Edited) => {
    const assigning = assigningRules(world, caller, lastingRoles(user), input.roles);
    const moved = [...new Set(lastingRoles(user))].sort().join() !== [...new Set(input.roles)].sort().join();
    return [
      ...(user.version === input.version ? [] : ["edit_conflict"]),
      ...(user.active && !input.active ? ownAccount(caller, user) : []),
      ...takenRule(world, { username: user.username, email: input.email }, user.id),
      ...(moved && isSelf(caller, user) ? ["own_role"] : []),
      ...assigning,
    ];
  }),
  apply(world, _caller, input: Edited) {
    const user = userById(world, input.id);
    if (!user) return;
    const kept = lastingOf(user).filter(({ role }) => input.roles.includes(role));
    const added = input.roles.filter((role) => !lastingRoles(user).includes(role));
    change(world, user.username, {
      email: input.email,
      active: input.active,
      version: user.version + 1,
      assignments: [...temporaryOf(user), ...kept, ...added.map((role) => ({ role }))],
      ...(user.email.toLowerCase() !== input.email.toLowerCase() && { link: undefined }),
    });
    if (added.length > 0 || kept.length < lastingOf(user).length) {
      change(world, user.username, { expression: null });
      endSessions(world, user);
      dropUnheld(world);
    }
    const now = userById(world, input.id);
    if (now && user.active && !input.active) shutOut(world, now);
  },
});

const remove = row({
  ...administer,
  command: deleteUser,
  weight: 7,
  input: (dice, world): OnUser => ({ id: someId(dice, world) }),
  aims: { "": ({ user }) => ({ id: user.id }) },
  refusals: about((_world, caller, user) => ownAccount(caller, user)),
  apply(world, _caller, { id }: OnUser) {
    const user = userById(world, id);
    if (!user) return;
    endSessions(world, user);
    dropUser(world, user);
    dropUnheld(world);
  },
});

const resetDirect = row({
  ...administer,
  command: resetPassword,
  weight: 6,
  input: (dice, world) => ({ id: someId(dice, world), password: somePassword(dice) }),
  aims: { "": ({ user }) => ({ id: user.id, password: "quiet lamps by the sea 9" }) },
  refusals: about((_world, caller, user, input: OnUser & { password: string }) => [
    ...ownAccount(caller, user),
    ...inactive(user),
    ...passwordRules(user, input.password),
  ]),
  apply(world, _caller, { id, password }: OnUser & { password: string }) {
    const user = userById(world, id);
    if (!user) return;
    replacePassword(world, user, password);
    shutOut(world, world.users.get(user.username) as ModelUser);
  },
});

const hour = 3_600_000;

const resetByLink = row({
  ...administer,
  command: resetPasswordByLink,
  weight: 6,
  input: (dice, world): OnUser => ({ id: someId(dice, world) }),
  aims: { "": ({ user }) => ({ id: user.id }) },
  refusals: about((_world, caller, user) => [...ownAccount(caller, user), ...inactive(user)]),
  apply(world, _caller, { id }: OnUser, result) {
    const user = userById(world, id);
    if (!user) return;
    replacePassword(world, user, null);
    shutOut(world, world.users.get(user.username) as ModelUser);
    const token = String(result?.token ?? "");
    change(world, user.username, { link: { token, expires: world.at + hour } });
  },
});

const resetFactor = row({
  ...administer,
  command: resetFactors,
  weight: 4,
  input: (dice, world): OnUser => ({ id: someId(dice, world) }),
  aims: { "": ({ user }) => ({ id: user.id }) },
  refusals: about((_world, caller, user) => [
    ...ownAccount(caller, user),
    ...(user.factor ? [] : ["no_factor"]),
  ]),
  apply(world, _caller, { id }: OnUser) {
    const user = userById(world, id);
    if (!user) return;
    endSessions(world, user);
    change(world, user.username, { factor: false, devices: 0 });
  },
});

export const userRows = [add, edit, remove, resetDirect, resetByLink, resetFactor];
