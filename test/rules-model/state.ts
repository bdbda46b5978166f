import type { Client } from "pg";
import type { Limit } from "#lib/access/index.ts";
import { passwordIn } from "#test/cheap-hashes.ts";
import type { ModelRequest, ModelRole, ModelUser, World } from "./world.ts";

/** The state that the model tells of, as text that can be compared: from the model, and from the database. */
export interface State {
  users: string[];
  rest: string[];
  /** Only when asked for. */
  roles?: string[];
}

const line = (...parts: unknown[]): string => JSON.stringify(parts);
const sorted = (lines: readonly string[]): string[] => [...lines].sort();

/** A user of the model is replaced, never altered: what was written of them once holds. */
const written = new WeakMap<ModelUser, string>();

function lineOf(user: ModelUser): string {
  const known = written.get(user) ?? userLine(user);
  written.set(user, known);
  return known;
}

const userLine = (user: ModelUser): string =>
  line(
    user.username,
    { email: user.email, active: user.active, password: user.password, version: user.version },
    sorted(
      user.assignments.map(({ role, start, end, window, reason, temporary }) =>
        line(role, start ?? null, end ?? null, window?.from ?? null, reason ?? null, temporary ?? null),
      ),
    ),
    { sessions: sorted(user.sessions.map(({ id }) => id)), devices: user.devices },
    { link: user.link?.expires ?? null, factor: user.factor, expression: user.expression },
  );

const roleLine = (role: ModelRole): string =>
  line(
    role.key,
    { rank: role.rank, builtIn: role.builtIn, locked: role.locked, superuser: role.superuser },
    { guarded: role.guarded, edited: role.edited, version: role.version },
    sorted(role.inherits),
    { hours: role.window?.from ?? null, api: role.api },
    sorted([...role.grants].map(([permission, limits]) => line(permission, limits.map(limitParts)))),
  );

/** The database orders the keys of what it stores its own way. */
const limitParts = ({ scope, where }: Limit) => [
  scope,
  ...where.map((condition) => Object.entries(condition).sort()),
];

export function toldBy(world: World, withRoles: boolean): State {
  const { enabled, role } = world.registration;
  return {
    users: sorted([...world.users.values()].map(lineOf)),
    rest: sorted([line("registration", enabled, role), ...world.requests.map(requestLine)]),
    ...(withRoles && {
      roles: sorted([
        ...[...world.roles.values()].map(roleLine),
        ...[...world.permissions].map(permissionLine),
      ]),
    }),
  };
}

type Request = Pick<ModelRequest, "userId" | "role" | "end" | "status">;
const requestLine = ({ userId, role, end, status }: Request) => line("request", userId, role, end, status);

const permissionLine = ([key, { retired }]: [string, { retired: boolean }]) =>
  line("permission", key, retired);

interface HeldRow {
  role: string;
  start: number | null;
  end: number | null;
  from: string | null;
  reason: string | null;
  temporary: "elevation" | "request" | null;
}

interface UserRow extends Omit<ModelUser, "sessions" | "link" | "assignments"> {
  sessions: string[];
  link: number | null;
  assignments: HeldRow[];
}

/** One statement: the small tables of users whole, and the trail of a stretch of time. */
const usersSql = `
  SELECT json_build_object(
    'trail', (SELECT COALESCE(json_agg(json_build_array(outcome, reason, action) ORDER BY at, id), '[]')
      FROM audit_events WHERE at > $1 AND at <= $2),
    'requests', (SELECT COALESCE(json_agg(json_build_object('userId', q.user_id, 'role', r.key, 'status', q.status,
      'end', EXTRACT(EPOCH FROM q.ends_at) * 1000)), '[]') FROM access_requests q JOIN roles r ON r.id = q.role_id),
    'registration', (SELECT value FROM settings WHERE key = 'registration'),
    'users', (SELECT COALESCE(json_agg(json_build_object(
      'username', u.username, 'email', u.email, 'active', u.active, 'password', u.password_hash, 'version', u.version,
      'assignments', (SELECT COALESCE(json_agg(json_build_object('role', r.key,
        'start', EXTRACT(EPOCH FROM a.starts_at) * 1000, 'end', EXTRACT(EPOCH FROM a.ends_at) * 1000,
        'from', a."window"->>'from', 'reason', a.reason,
        'temporary', CASE WHEN a.source IN ('elevation', 'request') THEN a.source END)), '[]') FROM assignments a JOIN roles r ON r.id = a.role_id WHERE a.user_id = u.id
        AND (a.ends_at IS NULL OR a.ends_at > $2)),
      'sessions', (SELECT COALESCE(json_agg(s.id), '[]') FROM sessions s WHERE s.user_id = u.id AND s.ended_at IS NULL),
      'devices', (SELECT count(*) FROM known_browsers d WHERE d.user_id = u.id AND d.trusted_at IS NOT NULL),
      'link', (SELECT EXTRACT(EPOCH FROM t.expires_at) * 1000 FROM one_time_tokens t
        WHERE t.user_id = u.id AND t.kind = 'password_reset'),
      'factor', EXISTS (SELECT 1 FROM totps o WHERE o.user_id = u.id),
      'expression', u.role_expression)), '[]') FROM users u)) AS state`;

const rolesSql = `
  SELECT json_build_object(
    'permissions', (SELECT json_agg(json_build_array(key, retired)) FROM permissions),
    'roles', (SELECT json_agg(json_build_object('key', r.key, 'rank', r.rank, 'builtIn', r.built_in, 'locked', r.locked,
      'superuser', r.superuser, 'guarded', r.guarded, 'edited', r.edited, 'version', r.version,
      'inherits', (SELECT COALESCE(json_agg(b.key), '[]') FROM role_bases h JOIN roles b ON b.id = h.base_id
        WHERE h.role_id = r.id),
      'window', r."window", 'api', r.api,
      'grants', (SELECT COALESCE(json_agg(json_build_array(g.permission_key, g.limits)), '[]')
        FROM grants g WHERE g.role_id = r.id))) FROM roles r)) AS state`;

export type TrailRow = [outcome: string, reason: string | null, action: string];

/**
 * @param fallback what holds while nobody saved the registration settings
 */
export async function found(
  sql: Client,
  [since, until]: readonly [number, number],
  fallback: World["registration"],
  withRoles: boolean,
): Promise<State & { trail: TrailRow[] }> {
  const { rows } = await sql.query({
    name: "users",
    text: usersSql,
    values: [new Date(since), new Date(until)],
  });
  const { trail, users, requests, registration } = rows[0].state;
  const { enabled, role } = registration ?? fallback;
  return {
    trail,
    users: sorted((users as UserRow[]).map(foundUser)),
    rest: sorted([line("registration", enabled, role), ...(requests as Request[]).map(requestLine)]),
    ...(withRoles && { roles: await foundRoles(sql) }),
  };
}

function foundUser(user: UserRow): string {
  const sessions = user.sessions.map((id) => ({ id, token: "", created: 0, used: 0, proven: 0 }));
  const assignments = user.assignments.map(({ role, start, end, from, reason, temporary }) => ({
    role,
    reason: reason ?? undefined,
    temporary: temporary ?? undefined,
    start: start ?? undefined,
    end: end ?? undefined,
    window: from === null ? undefined : { days: [], from, to: "", timeZone: "" },
  }));
  const link = user.link === null ? undefined : { token: "", expires: user.link };
  const password = user.password === null ? null : passwordIn(user.password);
  return userLine({ ...user, password, sessions, assignments, link });
}

async function foundRoles(sql: Client): Promise<string[]> {
  const { rows } = await sql.query(rolesSql);
  const { roles, permissions } = rows[0].state;
  return sorted([
    ...roles.map((role: ModelRole & { grants: [string, Limit[]][] }) =>
      roleLine({ ...role, grants: new Map(role.grants) }),
    ),
    ...permissions.map(([key, retired]: [string, boolean]) => permissionLine([key, { retired }])),
  ]);
}

/** What differs, line by line; empty when nothing does. */
export function differences(told: State, seen: State): string[] {
  const lines: string[] = [];
  for (const part of ["users", "rest", "roles"] as const) {
    const [expected, actual] = [told[part] ?? [], seen[part] ?? []];
    if (!told[part] || !seen[part]) continue;
    lines.push(...expected.filter((one) => !actual.includes(one)).map((one) => `  the model says ${one}`));
    lines.push(...actual.filter((one) => !expected.includes(one)).map((one) => `  the database    ${one}`));
  }
  return lines;
}
