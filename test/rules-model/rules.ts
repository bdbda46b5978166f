import type { Capability } from "#lib/access/index.ts";
import { blocks } from "./given.ts";
import { alwaysGives, exceeds, may, rankOf, type Times } from "./rights.ts";
import { type Caller, type ModelAssignment, type ModelUser, rolesHeld, type World } from "./world.ts";

/** docs: "Rules for changing access" of the access model, one function for each, as plain as they read. */

export type Need = Capability | "public" | "signedIn" | "system";

/** Synced: users and roles are the identity provider's; one's own password, sessions and wishes stay one's own. */
const openUnderSync = [
  ...["change own password", "sign out", "withdraw access request"],
  ...["end session", "end sessions of user", "end all sessions", "end own session", "end own other sessions"],
];

const halfAnHour = 30 * 60_000;

/** Before anything else: is whoever asks somebody, may they, and did they prove lately who they are? */
export function admission(
  world: World,
  caller: Caller,
  { need, dangerous, command }: { need: Need; dangerous: boolean; command: { name: string } },
): string | undefined {
  if (need === "public") return undefined;
  if (need === "system" && caller.kind === "system") return undefined;
  if (caller.kind === "anonymous") return "sign_in_required";
  if (caller.kind === "system" || need === "system") return "missing_capability";
  if (need !== "signedIn" && !may(world, caller.user, need)) return "missing_capability";
  if (world.synced && !openUnderSync.includes(command.name)) return "synced";
  if (dangerous && !isProven(world, caller)) return "proof_required";
  return undefined;
}

export const isProven = (world: World, caller: Caller): boolean =>
  caller.kind !== "user" || world.at - caller.session.proven <= halfAnHour;

export const isSelf = (caller: Caller, user: ModelUser): boolean =>
  caller.kind === "user" && caller.user.id === user.id;

/** Rank, for people: act only on users of rank at most yours; manageSuperusers lifts it. */
export function rankRule(world: World, caller: Caller, target: ModelUser): string[] {
  if (caller.kind !== "user" || isSelf(caller, target)) return [];
  if (may(world, caller.user, "manageSuperusers")) return [];
  return rankOf(world, target) > rankOf(world, caller.user) ? ["rank"] : [];
}

/** Guarded role, rank, no escalation: to assign a role, for some time or for good, or to make it a default. */
export function givingRules(world: World, caller: Caller, key: string, times?: Times): string[] {
  const role = world.roles.get(key);
  if (!role) return ["role_not_found"];
  if (caller.kind !== "user") return [];
  const { user } = caller;
  const why: string[] = [];
  if (!may(world, user, "manageSuperusers")) {
    if (role.guarded) why.push("guarded_role");
    if (role.rank > rankOf(world, user)) why.push("rank");
  }
  if (exceeds(world, user, key, times) && !may(world, user, "grantBeyondOwn")) why.push("escalation");
  return why;
}

export function takingRules(world: World, caller: Caller, key: string): string[] {
  if (caller.kind !== "user" || !world.roles.get(key)?.guarded) return [];
  return may(world, caller.user, "manageSuperusers") ? [] : ["guarded_role"];
}

/** Single: exactly one role. */
export const singleRule = ({ catalogue }: World, roles: readonly string[]): string[] =>
  catalogue.assignment === "single" && new Set(roles).size !== 1 ? ["single_role"] : [];

export function takenRule(
  world: World,
  { username, email }: { username: string; email: string },
  except?: string,
) {
  const others = [...world.users.values()].filter(({ id }) => id !== except);
  const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
  return others.some((one) => same(one.username, username) || same(one.email, email)) ? ["taken"] : [];
}

/** Assigning a set of roles instead of those held; what is not changed is not tested. */
export function assigningRules(
  world: World,
  caller: Caller,
  held: readonly string[],
  wanted: readonly string[],
): string[] {
  const added = wanted.filter((role) => !held.includes(role));
  const removed = held.filter((role) => !wanted.includes(role));
  if (added.length + removed.length === 0) return [];
  return [
    ...singleRule(world, wanted),
    ...added.flatMap((role) => givingRules(world, caller, role)),
    ...removed.flatMap((role) => takingRules(world, caller, role)),
  ];
}

const lasts = (world: World, { end, window, start }: ModelAssignment): boolean =>
  end === undefined && window === undefined && (start === undefined || start <= world.at);

const canSignIn = (user: ModelUser): boolean => user.active && user.password !== null;

function members(world: World, role: string): number {
  const holds = (user: ModelUser) =>
    user.assignments.some((one) => one.role === role && lasts(world, one)) && canSignIn(user);
  return [...world.users.values()].filter(holds).length;
}

/** Lockout: somebody who can sign in holds manageUsers in full, without end or window. */
export function isManageable(world: World): boolean {
  const permission = world.catalogue.capabilities.manageUsers;
  if (permission === undefined) return true;
  return [...world.users.values()].some((user) => keeps(world, user));
}

/** Whether this user alone would be enough. */
export function keeps(world: World, user: ModelUser): boolean {
  const permission = world.catalogue.capabilities.manageUsers;
  if (permission === undefined || !canSignIn(user)) return false;
  if (rolesHeld(user).some((role) => blocks(world, role))) return false;
  const roles = user.assignments.filter((one) => lasts(world, one)).map(({ role }) => role);
  return alwaysGives(world, roles, permission);
}

/** Never empty: the first role of the list that had a member has one still, or one before it has now. */
export function keepsMembers(before: World, after: World): boolean {
  const { neverEmpty } = before.catalogue;
  const place = neverEmpty.findIndex((role) => members(before, role) > 0);
  return place < 0 || neverEmpty.slice(0, place + 1).some((role) => members(after, role) > 0);
}

/** After every change, whichever it is. */
export function keepingRules(before: World, after: World): string[] {
  return [
    ...(keepsMembers(before, after) ? [] : ["never_empty"]),
    ...(isManageable(after) ? [] : ["last_holder"]),
  ];
}
