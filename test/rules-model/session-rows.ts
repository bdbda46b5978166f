import {
  endAllSessions,
  endOwnOtherSessions,
  endOwnSession,
  endUserSession,
  endUserSessions,
  signOut,
} from "#lib/sessions/index.ts";
import type { Dice } from "./dice.ts";
import { row, someId, someUser } from "./row.ts";
import { isSelf, rankRule } from "./rules.ts";
import { type Caller, change, endSessions, type ModelUser, userById, type World } from "./world.ts";

const administer = { as: "user", need: "manageSessions", dangerous: true, target: "user" } as const;
const own = { as: "user", need: "signedIn", dangerous: true, target: "self" } as const;

interface OneSession {
  id: string;
}

const someSession = (dice: Dice, user: ModelUser): string =>
  user.sessions.length > 0 && dice.chance(0.95) ? dice.pick(user.sessions).id : user.id;

const holderOf = (world: World, id: string): ModelUser | undefined =>
  [...world.users.values()].find(({ sessions }) => sessions.some((session) => session.id === id));

const isCurrent = (caller: Caller, id: string) => caller.kind === "user" && caller.session.id === id;

function endOne(world: World, id: string): void {
  const user = holderOf(world, id);
  if (!user) return;
  change(world, user.username, { sessions: user.sessions.filter((session) => session.id !== id) });
  const ended = user.sessions.filter((session) => session.id === id);
  world.dead = [...world.dead, ...ended.map(({ token }) => token)].slice(-20);
}

/** Of one's own, the session that asks stays. */
const endAllOf = (world: World, caller: Caller, user: ModelUser) =>
  endSessions(world, user, caller.kind === "user" ? caller.session.id : undefined);

const endOneOfUser = row({
  ...administer,
  command: endUserSession,
  weight: 5,
  input: (dice, world): OneSession => ({ id: someSession(dice, someUser(dice, world)) }),
  aims: { "": ({ user }) => ({ id: user.sessions[0]?.id ?? user.id }) },
  refusals(world, caller, { id }: OneSession) {
    const user = holderOf(world, id);
    if (!user) return ["no_live_session"];
    return [...(isCurrent(caller, id) ? ["own_session"] : []), ...rankRule(world, caller, user)];
  },
  apply: (world, _caller, { id }: OneSession) => endOne(world, id),
});

const endOfUser = row({
  ...administer,
  command: endUserSessions,
  weight: 4,
  input: (dice, world) => ({ userId: someId(dice, world) }),
  aims: { "": ({ user }) => ({ userId: user.id }) },
  refusals(world, caller, { userId }: { userId: string }) {
    const user = userById(world, userId);
    return user ? rankRule(world, caller, user) : ["user_not_found"];
  },
  apply(world, caller, { userId }: { userId: string }) {
    const user = userById(world, userId);
    if (user) endAllOf(world, caller, user);
  },
});

const endAll = row({
  ...administer,
  command: endAllSessions,
  weight: 1,
  target: "none",
  input: () => ({}),
  refusals: () => [],
  apply(world, caller) {
    for (const user of [...world.users.values()])
      if (rankRule(world, caller, user).length === 0) endAllOf(world, caller, user);
  },
});

const endOneOfOwn = row({
  ...own,
  command: endOwnSession,
  weight: 3,
  input: (dice, world, caller): OneSession => {
    const user = caller.kind === "user" && dice.chance(0.8) ? caller.user : someUser(dice, world);
    return { id: someSession(dice, user) };
  },
  aims: { "": ({ user }) => ({ id: user.sessions[0]?.id ?? user.id }) },
  refusals(world, caller, { id }: OneSession) {
    const user = holderOf(world, id);
    if (isCurrent(caller, id)) return ["own_session"];
    return user && isSelf(caller, user) ? [] : ["no_live_session"];
  },
  apply: (world, _caller, { id }: OneSession) => endOne(world, id),
});

const endOthersOfOwn = row({
  ...own,
  command: endOwnOtherSessions,
  weight: 2,
  input: () => ({}),
  aims: { "": () => ({}) },
  refusals: () => [],
  apply: (world, caller) => caller.kind === "user" && endAllOf(world, caller, caller.user),
});

const leave = row({
  ...own,
  command: signOut,
  weight: 2,
  dangerous: false,
  input: () => ({}),
  aims: { "": () => ({}) },
  refusals: () => [],
  apply: (world, caller) => caller.kind === "user" && endOne(world, caller.session.id),
});

export const sessionRows = [endOneOfUser, endOfUser, endAll, endOneOfOwn, endOthersOfOwn, leave];
