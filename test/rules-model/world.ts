import type { ApiAccess, Attribute, Capability, Limit, Window } from "#lib/access/index.ts";

/** An installation as the rules see it: what a person with pencil and paper would write down. */
export interface World {
  /** Epoch milliseconds: the clock of the whole story. */
  at: number;
  catalogue: Rulebook;
  permissions: Map<string, { implies: readonly string[]; retired: boolean }>;
  roles: Map<string, ModelRole>;
  users: Map<string, ModelUser>;
  registration: { enabled: boolean; role: string };
  /** An identity provider gives the roles. */
  synced: boolean;
  requests: readonly ModelRequest[];
  /** Tokens that must open nothing any more. */
  dead: string[];
}

/** What of a catalogue the rules look at. */
export interface Rulebook {
  assignment: "single" | "multiple";
  attributes: readonly Attribute[];
  capabilities: Partial<Record<Capability, string>>;
  customRoles: { enabled: boolean; rank: number; keyPattern: string; reserved: readonly string[] };
  firstUserRoles: readonly string[];
  newUserRoles: readonly string[];
  neverEmpty: readonly string[];
  permissions: readonly { key: string; dangerous: boolean }[];
  roles: readonly { key: string; dangerous: boolean; blocking: boolean }[];
  roleExpressions: boolean;
  aliases: readonly { key: string; permissions: readonly string[] }[];
  presets: readonly { key: string; roles: readonly string[] }[];
}

export interface ModelRole {
  key: string;
  rank: number;
  builtIn: boolean;
  locked: boolean;
  superuser: boolean;
  except: readonly string[];
  blocking: boolean;
  guarded: boolean;
  edited: boolean;
  inherits: readonly string[];
  /** No limits: unconditional. */
  grants: ReadonlyMap<string, readonly Limit[]>;
  window: Window | undefined;
  api: ApiAccess;
  version: number;
}

export interface ModelUser {
  id: string;
  username: string;
  email: string;
  active: boolean;
  /** In clear: null while only a link lets them in. */
  password: string | null;
  /** Newest first. */
  former: readonly string[];
  version: number;
  assignments: readonly ModelAssignment[];
  sessions: readonly ModelSession[];
  devices: number;
  link: { token: string; expires: number } | undefined;
  factor: boolean;
  /** The role expression that says what they hold, until they are given roles otherwise. */
  expression: string | null;
}

export interface ModelAssignment {
  role: string;
  start?: number | undefined;
  end?: number | undefined;
  window?: Window | undefined;
  reason?: string | undefined;
  /** Temporary access: on top of what is held lastingly. */
  temporary?: "elevation" | "request" | undefined;
}

/** Somebody asked for a role for a time. */
export interface ModelRequest {
  id: string;
  userId: string;
  role: string;
  reason: string;
  end: number;
  created: number;
  status: "open" | "granted" | "refused" | "withdrawn";
}

export interface ModelSession {
  id: string;
  token: string;
  created: number;
  used: number;
  proven: number;
}

/** Who asks, as the model knows them. */
export type Caller =
  | { kind: "anonymous" }
  | { kind: "system" }
  | { kind: "user"; user: ModelUser; session: ModelSession };

/** A copy to try a change on: what is in its maps is replaced, never altered. */
export const copyOf = (world: World): World => ({ ...world, users: new Map(world.users) });

export function putRole(world: World, role: ModelRole): void {
  world.roles = new Map(world.roles).set(role.key, role);
}

export function dropRole(world: World, key: string): void {
  world.roles = new Map([...world.roles].filter(([one]) => one !== key));
  world.requests = world.requests.filter(({ role }) => role !== key);
}

/** How the roles are called that single permissions of role expressions become. */
export const madeBy = "expression:";

/** When somebody's roles change, those that expressions made go if nobody holds, inherits or gets them any more. */
export function dropUnheld(world: World): void {
  const held = new Set([...world.users.values()].flatMap(rolesHeld));
  const inherited = new Set([...world.roles.values()].flatMap(({ inherits }) => inherits));
  for (const key of world.roles.keys())
    if (key.startsWith(madeBy) && !held.has(key) && !inherited.has(key) && world.registration.role !== key)
      dropRole(world, key);
}

/** A permission that the catalogue lost goes once no role holds it. */
export function forgetRetired(world: World): void {
  const held = (key: string) => [...world.roles.values()].some(({ grants }) => grants.has(key));
  world.permissions = new Map([...world.permissions].filter(([key, { retired }]) => !retired || held(key)));
}

/** Ends sessions of a user, all or all but one: their tokens open nothing from now on. */
export function endSessions(world: World, user: ModelUser, except?: string): void {
  const ended = user.sessions.filter(({ id }) => id !== except);
  change(world, user.username, { sessions: user.sessions.filter(({ id }) => id === except) });
  world.dead = [...world.dead, ...ended.map(({ token }) => token)].slice(-20);
}

/** So many sessions of one account live at a time. */
const mostSessions = 100;

/** Those not used for longest make room for another. */
export function beginSession(world: World, user: ModelUser, token: string): void {
  const [id, at] = ["", world.at];
  const byUse = [...user.sessions].sort(
    (one, other) => other.used - one.used || (one.id < other.id ? 1 : -1),
  );
  const staying = new Set(byUse.slice(0, mostSessions - 1));
  const sessions = user.sessions.filter((session) => staying.has(session));
  world.dead = [...world.dead, ...byUse.slice(mostSessions - 1).map((session) => session.token)].slice(-20);
  change(world, user.username, { sessions: [...sessions, { id, token, created: at, used: at, proven: at }] });
}

/** Deactivated, or the password replaced by another: nothing is left to come back with. */
export function shutOut(world: World, user: ModelUser): void {
  endSessions(world, user);
  change(world, user.username, { devices: 0, link: undefined });
}

/** What was the password is remembered, five at most. */
export function replacePassword(world: World, user: ModelUser, password: string | null): void {
  const former = user.password === null ? user.former : [user.password, ...user.former].slice(0, 5);
  change(world, user.username, { password, former, link: undefined });
}

export function change(world: World, username: string, values: Partial<ModelUser>): void {
  const user = world.users.get(username);
  if (user) world.users.set(username, { ...user, ...values });
}

/** What has ended is gone for all purposes, though its row may wait to be swept. */
export function forgetEnded(world: World): void {
  for (const { username, assignments } of [...world.users.values()]) {
    const held = assignments.filter(({ end }) => end === undefined || world.at < end);
    if (held.length < assignments.length) change(world, username, { assignments: held });
  }
}

export const userById = (world: World, id: string): ModelUser | undefined =>
  [...world.users.values()].find((user) => user.id === id);

export const rolesHeld = (user: ModelUser): string[] => user.assignments.map(({ role }) => role);

export const lastingOf = (user: ModelUser): ModelAssignment[] =>
  user.assignments.filter(({ temporary }) => temporary === undefined);

export const temporaryOf = (user: ModelUser): ModelAssignment[] =>
  user.assignments.filter(({ temporary }) => temporary !== undefined);

export const lastingRoles = (user: ModelUser): string[] => lastingOf(user).map(({ role }) => role);

/** A user who is gone has asked for nothing. */
export function dropUser(world: World, { id, username }: ModelUser): void {
  world.users.delete(username);
  world.requests = world.requests.filter(({ userId }) => userId !== id);
}

const hour = 3_600_000;

/** A session lasts a week from its start and a day from its last use. */
const runsOut = ({ created, used }: ModelSession): number => Math.min(created + 168 * hour, used + 24 * hour);

/** Does the next request with this session find its user? */
export const opens = (user: ModelUser, session: ModelSession, at: number): boolean =>
  user.active && at < runsOut(session);
