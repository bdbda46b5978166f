import { changeOwnPassword, editOwnProfile, redeemResetLink } from "#lib/accounts/index.ts";
import { restoreAccess } from "#lib/break-glass/index.ts";
import { setUp } from "#lib/setup/index.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { signUp } from "#lib/sign-up/index.ts";
import { passwordRules, row, someEmail, somePassword, someUser, someVersion, usernames } from "./row.ts";
import { givingRules, isProven, takenRule } from "./rules.ts";
import { identityOf, newUser } from "./user-rows.ts";
import {
  beginSession,
  change,
  endSessions,
  type ModelUser,
  replacePassword,
  shutOut,
  type World,
} from "./world.ts";

const anybody = { as: "anonymous", need: "public", dangerous: false, target: "none" } as const;
const own = { as: "user", need: "signedIn", dangerous: false, target: "self" } as const;

const named = (world: World, name: string): ModelUser | undefined =>
  [...world.users.values()].find((user) => user.username === name || user.email === name);

interface OwnPassword {
  currentPassword: string;
  password: string;
  forgetDevices: boolean;
}

const ownPassword = row({
  ...own,
  command: changeOwnPassword,
  weight: 3,
  input: (dice, _world, caller): OwnPassword => {
    const present = caller.kind === "user" ? caller.user.password : null;
    return {
      currentPassword: present !== null && dice.chance(0.85) ? present : "some other password",
      password: somePassword(dice),
      forgetDevices: dice.chance(0.5),
    };
  },
  aims: {
    "": () => ({
      currentPassword: "not this one",
      password: "quiet lamps by the sea 9",
      forgetDevices: true,
    }),
  },
  refusals(_world, caller, { currentPassword, password }: OwnPassword) {
    if (caller.kind !== "user" || caller.user.password !== currentPassword) return ["wrong_password"];
    return passwordRules(caller.user, password);
  },
  apply(world, caller, { password, forgetDevices }: OwnPassword) {
    if (caller.kind !== "user") return;
    replacePassword(world, caller.user, password);
    endSessions(world, world.users.get(caller.user.username) as ModelUser, caller.session.id);
    if (forgetDevices) change(world, caller.user.username, { devices: 0 });
  },
});

interface Profile {
  email: string;
  version: number;
}

const profile = row({
  ...own,
  command: editOwnProfile,
  weight: 3,
  input(dice, _world, caller): Profile {
    const { email, version } = caller.kind === "user" ? caller.user : { email: "", version: 1 };
    const names = identityOf("", dice.chance(0.5) ? email : someEmail(dice));
    return { ...names, version: someVersion(dice, version) };
  },
  aims: { "": ({ user, free }) => ({ ...identityOf("", free.email), version: user.version }) },
  refusals(world, caller, { email, version }: Profile) {
    if (caller.kind !== "user") return [];
    const { user } = caller;
    const moved = user.email.toLowerCase() !== email.toLowerCase();
    return [
      ...(user.version === version ? [] : ["edit_conflict"]),
      ...takenRule(world, { username: user.username, email }, user.id),
      ...(moved && !isProven(world, caller) ? ["proof_required"] : []),
    ];
  },
  apply(world, caller, { email }: Profile) {
    if (caller.kind !== "user") return;
    const { user } = caller;
    const moved = user.email.toLowerCase() !== email.toLowerCase();
    const values = { email, version: user.version + 1, ...(moved && { link: undefined }) };
    change(world, user.username, values);
  },
});

interface Redeemed {
  token: string;
  password: string;
}

const holderOf = (world: World, token: string): ModelUser | undefined =>
  [...world.users.values()].find(
    ({ link, active }) => active && link?.token === token && link.expires > world.at,
  );

const redeem = row({
  ...anybody,
  command: redeemResetLink,
  weight: 5,
  input(dice, world): Redeemed {
    const links = [...world.users.values()].flatMap(({ link }) => link?.token ?? []);
    const token = links.length > 0 && dice.chance(0.9) ? dice.pick(links) : "no such link";
    return { token, password: somePassword(dice) };
  },
  refusals(world, _caller, { token, password }: Redeemed) {
    const user = holderOf(world, token);
    return user ? passwordRules(user, password) : ["bad_reset_link"];
  },
  apply(world, _caller, { token, password }: Redeemed) {
    const user = holderOf(world, token);
    if (!user) return;
    replacePassword(world, user, password);
    shutOut(world, world.users.get(user.username) as ModelUser);
  },
});

interface Newcomer {
  username: string;
  email: string;
  password: string;
}

const register = row({
  ...anybody,
  command: signUp,
  weight: 4,
  input: (dice): Newcomer => ({
    ...identityOf(dice.pick(usernames), someEmail(dice)),
    password: somePassword(dice),
  }),
  refusals: (world, caller, input: Newcomer) => [
    ...(world.registration.enabled && !world.synced ? [] : ["sign_up_off"]),
    ...passwordRules(undefined, input.password),
    ...takenRule(world, input),
    ...givingRules(world, caller, world.registration.role),
  ],
  apply: (world, _caller, input: Newcomer, result) =>
    newUser(world, input, [world.registration.role], result?.id as string | undefined),
});

/** An installation is set up once. */
const start = row({
  ...anybody,
  command: setUp,
  weight: 1,
  input: (dice): Newcomer => ({
    ...identityOf(dice.pick(usernames), someEmail(dice)),
    ...{ password: somePassword(dice), token: "a token" },
  }),
  refusals: () => ["already_set_up"],
  apply: () => undefined,
});

interface Credentials {
  identifier: string;
  password: string;
}

/** Only an active user with this password; a second factor makes a ticket of it, which opens nothing yet. */
const enter = row({
  ...anybody,
  command: signIn,
  weight: 3,
  input(dice, world): Credentials {
    const user = someUser(dice, world);
    const password = dice.chance(0.85) ? user.password : dice.pick(user.former);
    return { identifier: user.username, password: password ?? "some other password" };
  },
  refusals(world, _caller, { identifier, password }: Credentials) {
    const user = world.users.get(identifier);
    return user?.active && user.password === password ? [] : ["bad_credentials"];
  },
  apply(world, _caller, { identifier }: Credentials, result) {
    const user = world.users.get(identifier);
    if (!user || user.factor || result?.kind !== "session") return;
    beginSession(world, user, String(result.token));
  },
});

interface Restored {
  name: string;
  roles: boolean;
  password: boolean;
}

const hour = 3_600_000;

/** On the server only; the rules for people do not hold. */
const breakGlass = row({
  command: restoreAccess,
  weight: 2,
  as: "system",
  need: "system",
  dangerous: false,
  target: "user",
  input: (dice, world): Restored => ({
    name: dice.chance(0.05) ? "nobody" : someUser(dice, world).username,
    roles: dice.chance(0.3),
    password: dice.chance(0.5),
  }),
  aims: { "": ({ user }) => ({ name: user.username, roles: false, password: false }) },
  refusals: (world, _caller, { name }: Restored) => (named(world, name) ? [] : ["user_not_found"]),
  apply(world, _caller, { name, roles }: Restored, result) {
    const user = named(world, name);
    if (!user) return;
    const password = result?.password as string | undefined;
    if (password !== undefined || user.password === null)
      replacePassword(world, user, password ?? "one that is made up");
    shutOut(world, world.users.get(user.username) as ModelUser);
    const owner = world.catalogue.firstUserRoles.map((role) => ({ role }));
    change(world, user.username, {
      ...{ active: true, factor: false, version: user.version + 1 },
      link: { token: String(result?.linkToken), expires: world.at + hour },
      ...(roles && { assignments: owner, expression: null }),
    });
  },
});

export const ownRows = [ownPassword, profile, redeem, register, start, enter, breakGlass];
