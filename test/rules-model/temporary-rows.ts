import {
  endTemporaryAccess,
  giveTemporaryAccess,
  grantRequest,
  refuseRequest,
  requestAccess,
  withdrawRequest,
} from "#lib/temporary-access/index.ts";
import type { Dice } from "./dice.ts";
import { idsOf, isWider } from "./extents.ts";
import { isDangerous } from "./rights.ts";
import { nobody, row, someId, someRole, someUser } from "./row.ts";
import { givingRules, isSelf, rankRule, takingRules } from "./rules.ts";
import { about, administer } from "./user-rows.ts";
import {
  type Caller,
  change,
  dropUnheld,
  endSessions,
  type ModelAssignment,
  type ModelRequest,
  type ModelUser,
  temporaryOf,
  userById,
  type World,
} from "./world.ts";

const hour = 3_600_000;
const day = 24 * hour;
const far = "2027-01-01T00:00:00Z";
const text = (at: number) => new Date(at).toISOString();

const decide = { ...administer, dangerous: false } as const;
const ask = { as: "user", need: "signedIn", dangerous: false, target: "self" } as const;

interface Asked {
  role: string;
  reason: string;
  startsAt?: string | undefined;
  endsAt?: string | undefined;
  lasts?: "1" | "8" | "24" | undefined;
}

const someAsked = (dice: Dice, world: World): Asked => ({
  ...{ role: someRole(dice, world), reason: dice.pick(["on call", "night shift"]) },
  ...(dice.chance(0.5)
    ? { lasts: dice.pick(["1", "8", "24"] as const) }
    : { endsAt: text(world.at + (dice.chance(0.03) ? 400 * day : (dice.below(60) - 3) * hour)) }),
});

function extentOf(world: World, { role, reason, startsAt, endsAt, lasts }: Asked): ModelAssignment {
  const start = startsAt === undefined ? undefined : Date.parse(startsAt);
  const end = lasts ? Math.max(world.at, start ?? 0) + Number(lasts) * hour : Date.parse(endsAt ?? "");
  return { role, reason, end, start: start && start > world.at ? start : undefined };
}

/** Whoever gives it: it can come true, is for a year at most, and is not held for all that time anyway. */
function givableRules(world: World, user: ModelUser, access: ModelAssignment): string[] {
  const { role, start, end = 0 } = access;
  const held = user.assignments.some((one) => one.role === role && !isWider(world, one, access));
  return [
    ...(world.roles.has(role) ? [] : ["role_not_found"]),
    ...(end <= world.at ? ["end_in_past"] : []),
    ...(start !== undefined && end <= start ? ["end_before_start"] : []),
    ...(end - world.at > 366 * day ? ["too_long"] : []),
    ...(held ? ["already_held"] : []),
  ];
}

function temporaryRules(
  world: World,
  caller: Caller,
  user: ModelUser,
  access: ModelAssignment,
  confirmed: readonly string[] = [access.role],
): string[] {
  const danger = isDangerous(world, access.role) && !confirmed.includes(access.role);
  return [
    ...(isSelf(caller, user) ? ["own_role"] : []),
    ...givableRules(world, user, access),
    ...givingRules(world, caller, access.role, access),
    ...(danger ? ["confirmation_required"] : []),
  ];
}

/** On top of what they hold, or less of it: their sessions end. */
function moveTo(world: World, user: ModelUser, assignments: ModelAssignment[]): void {
  change(world, user.username, { assignments, version: user.version + 1 });
  endSessions(world, world.users.get(user.username) as ModelUser);
  dropUnheld(world);
}

interface Given extends Asked {
  id: string;
  confirmed?: string[];
}

const give = row({
  ...decide,
  command: giveTemporaryAccess,
  weight: 12,
  input: (dice, world): Given => ({
    ...{ id: someId(dice, world), ...someAsked(dice, world) },
    ...(dice.chance(0.2) && { startsAt: text(world.at + (dice.below(12) - 2) * hour) }),
    ...(dice.chance(0.05) && { confirmed: [] }),
  }),
  aims: {
    another: ({ user, other }) => ({ id: user.id, role: other, reason: "on call", endsAt: far }),
    "what they hold": ({ user, role }) => ({ id: user.id, role, reason: "on call", endsAt: far }),
  },
  refusals: about((world, caller, user, input: Given) =>
    temporaryRules(world, caller, user, extentOf(world, input), input.confirmed),
  ),
  apply(world, _caller, input: Given) {
    const user = userById(world, input.id);
    const access = { ...extentOf(world, input), temporary: "elevation" } as const;
    if (user) moveTo(world, user, [...user.assignments, access]);
  },
});

interface Ended {
  id: string;
  /** The place among the temporary ones. */
  held: number;
  assignment: string;
}

const end = row({
  ...decide,
  command: endTemporaryAccess,
  weight: 5,
  input(dice, world): Ended {
    const holders = [...world.users.values()].filter((user) => temporaryOf(user).length > 0);
    const user = holders.length > 0 && dice.chance(0.9) ? dice.pick(holders) : someUser(dice, world);
    return { id: user.id, held: dice.below(temporaryOf(user).length + 0.1), assignment: nobody };
  },
  aims: { "": ({ user }) => ({ id: user.id, held: 0, assignment: nobody }) },
  async complete(input: Ended, sql, world) {
    const user = userById(world, input.id);
    const ids = user ? await idsOf(sql, user, temporaryOf(user)) : [];
    return { ...input, assignment: ids[input.held] ?? nobody };
  },
  refusals: about((world, caller, user, { held }: Ended) => {
    const one = temporaryOf(user)[held];
    if (!one) return ["assignment_not_found"];
    return [...(isSelf(caller, user) ? ["own_role"] : []), ...takingRules(world, caller, one.role)];
  }),
  apply(world, _caller, { id, held }: Ended) {
    const user = userById(world, id);
    const one = user && temporaryOf(user)[held];
    if (one)
      moveTo(
        world,
        user,
        user.assignments.filter((other) => other !== one),
      );
  },
});

const isOpen = ({ status }: ModelRequest) => status === "open";

/** Five that wait at a time, twenty a day, and one for each role. */
function askingRules({ at, requests }: World, user: ModelUser, role: string): string[] {
  const own = requests.filter(({ userId }) => userId === user.id);
  const open = own.filter((one) => isOpen(one) && one.end > at);
  const today = own.filter(({ created }) => created > at - day);
  return [
    ...(open.some((one) => one.role === role) ? ["request_open"] : []),
    ...(open.length >= 5 || today.length >= 20 ? ["too_many_requests"] : []),
  ];
}

const request = row({
  ...ask,
  command: requestAccess,
  weight: 10,
  input: someAsked,
  aims: { "": ({ other }) => ({ role: other, reason: "on call", endsAt: far }) },
  refusals: (world, caller, input: Asked) =>
    caller.kind === "user"
      ? [
          ...givableRules(world, caller.user, extentOf(world, input)),
          ...askingRules(world, caller.user, input.role),
        ]
      : [],
  apply(world, caller, input: Asked, result) {
    if (caller.kind !== "user") return;
    const { id: userId } = caller.user;
    const { end: ends = 0 } = extentOf(world, input);
    const { role, reason } = input;
    const lapsed = (one: ModelRequest) => one.userId === userId && isOpen(one) && one.end <= world.at;
    const before = world.requests.map((one) =>
      lapsed(one) ? { ...one, status: "withdrawn" as const } : one,
    );
    const id = String(result?.id ?? "");
    const asked = { id, userId, role, reason, end: ends, created: world.at, status: "open" as const };
    world.requests = [...before, asked];
  },
});

interface OnRequest {
  request: string;
  endsAt?: string;
  confirmed?: string[];
}

const requestOf = ({ requests }: World, { request: id }: OnRequest) => requests.find((one) => one.id === id);

function someRequest(dice: Dice, { requests }: World): string {
  const open = requests.filter(isOpen);
  if (open.length > 0 && dice.chance(0.9)) return dice.pick(open).id;
  return requests.length > 0 && dice.chance(0.8) ? dice.pick(requests).id : nobody;
}

function close(world: World, { request: id }: OnRequest, status: ModelRequest["status"]): void {
  world.requests = world.requests.map((one) => (one.id === id ? { ...one, status } : one));
}

const decided = (one: ModelRequest) => (isOpen(one) ? [] : ["already_decided"]);
const ownRequest = (caller: Caller, { userId }: ModelRequest) =>
  caller.kind === "user" && caller.user.id === userId ? ["own_request"] : [];

const withdraw = row({
  ...ask,
  command: withdrawRequest,
  weight: 4,
  input: (dice, world, caller): OnRequest => {
    const own = world.requests.filter((one) => caller.kind === "user" && one.userId === caller.user.id);
    return { request: own.length > 0 && dice.chance(0.8) ? dice.pick(own).id : someRequest(dice, world) };
  },
  aims: { "": () => ({ request: nobody }) },
  refusals(world, caller, input: OnRequest) {
    const one = requestOf(world, input);
    return one && ownRequest(caller, one).length > 0 ? decided(one) : ["request_not_found"];
  },
  apply: (world, _caller, input: OnRequest) => close(world, input, "withdrawn"),
});

const refuse = row({
  ...decide,
  command: refuseRequest,
  weight: 3,
  input: (dice, world): OnRequest => ({ request: someRequest(dice, world) }),
  aims: { "": () => ({ request: nobody }) },
  refusals(world, caller, input: OnRequest) {
    const one = requestOf(world, input);
    return one ? [...ownRequest(caller, one), ...decided(one)] : ["request_not_found"];
  },
  apply: (world, _caller, input: OnRequest) => close(world, input, "refused"),
});

/** What was asked for, or less of it. */
const grantedOf = ({ role, reason, end: asked }: ModelRequest, { endsAt }: OnRequest): ModelAssignment => ({
  ...{ role, reason, end: endsAt === undefined ? asked : Date.parse(endsAt) },
});

const grant = row({
  ...decide,
  command: grantRequest,
  weight: 10,
  input: (dice, world): OnRequest => ({
    request: someRequest(dice, world),
    ...(dice.chance(0.3) && { endsAt: text(world.at + (dice.below(24) - 1) * hour) }),
    ...(dice.chance(0.05) && { confirmed: [] }),
  }),
  aims: { "": () => ({ request: nobody }) },
  refusals(world, caller, input: OnRequest) {
    const one = requestOf(world, input);
    const user = one && userById(world, one.userId);
    if (!user) return ["request_not_found"];
    const access = grantedOf(one, input);
    return [
      ...[...ownRequest(caller, one), ...decided(one), ...rankRule(world, caller, user)],
      ...((access.end ?? 0) > one.end ? ["longer_than_asked"] : []),
      ...(user.active ? [] : ["inactive_user"]),
      ...temporaryRules(world, caller, user, access, input.confirmed),
    ];
  },
  apply(world, _caller, input: OnRequest) {
    const one = requestOf(world, input);
    const user = one && userById(world, one.userId);
    if (!user) return;
    close(world, input, "granted");
    moveTo(world, user, [...user.assignments, { ...grantedOf(one, input), temporary: "request" }]);
  },
});

export const temporaryRows = [give, end, request, withdraw, refuse, grant];
