import { broadRole } from "../population/markers.ts";
import type { Answer } from "./ask.ts";
import type { Bench } from "./bench.ts";
import { floorPost } from "./floor-client.ts";
import type { Exchange, Operation } from "./operation.ts";

/** Whose role is changed back and forth: one person for each worker. */
interface Victim {
  id: string;
  username: string;
  email: string;
  given: string;
  family: string;
  role: string;
  version: number;
}

const other = (role: string) => (role === "user" ? broadRole : "user");

/** A role change by hand: the form under Edit of the users list, saved again and again. */
export async function roleChange(bench: Bench, workers: readonly number[]): Promise<Operation> {
  const most = Math.max(...workers);
  const byConsole = await victims(bench, most);
  const byBetterAuth = byConsole.map((one) => ({ ...one }));
  const { rows: byFloor } = await bench.databases.floor.query<{ id: string; role: string }>(
    "SELECT id, role FROM users WHERE username = ANY($1) ORDER BY username",
    [byConsole.map(({ username }) => username)],
  );
  const { rows: theirs } = await bench.databases.better_auth.query<{ id: string }>(
    `SELECT id FROM "user" WHERE email = ANY($1) ORDER BY email`,
    [byConsole.map(({ email }) => email)],
  );
  for (const [index, { id }] of theirs.entries()) Object.assign(byBetterAuth[index] as Victim, { id });
  return {
    title: "role change",
    workers,
    by: {
      console: changesRoles(bench, byConsole),
      better_auth: (worker) => {
        const victim = byBetterAuth[worker] as Victim;
        const role = other(victim.role);
        return {
          ...bench.betterAuth.post("/admin/set-role", { userId: victim.id, role }),
          wrong: saved(victim, role, `"role":"${role}"`),
        };
      },
      floor: (worker) => {
        const victim = byFloor[worker] as Victim;
        const role = other(victim.role);
        return { ...floorPost("setRole", { id: victim.id, role }), wrong: saved(victim, role, victim.id) };
      },
    },
    settled: () => unlike(bench, byConsole),
  };
}

/** The console's half of it, for writers that are measured by themselves. */
export function changesRoles(bench: Pick<Bench, "console">, all: readonly Victim[]): Exchange {
  return async (worker) => {
    const victim = all[worker] as Victim;
    const role = other(victim.role);
    const sent = await bench.console.form(`/settings/users?size=50&edit=${victim.id}`, "updateUserForm", {
      id: victim.id,
      version: String(victim.version),
      email: victim.email,
      givenName: victim.given,
      familyName: victim.family,
      roles: role,
      active: "on",
    });
    return { ...sent, wrong: saved(victim, role, `Saved ${victim.username}`) };
  };
}

function saved(victim: Pick<Victim, "role" | "version">, role: string, words: string) {
  return ({ status, text }: Answer): string | undefined => {
    if (status !== 200 || !text.includes(words))
      return `answered ${status} without ${words}: ${text.slice(0, 300)}`;
    victim.role = role;
    victim.version += 1;
    return undefined;
  };
}

/** Active people who hold one role for good and nothing for a time, and are not the one who changes them. */
export async function victims({ databases }: Pick<Bench, "databases">, count: number): Promise<Victim[]> {
  const { rows } = await databases.console.query<Victim>(
    `SELECT u.id, username, email, given_name AS given, family_name AS family, r.key AS role, u.version
    FROM users u JOIN assignments a ON a.user_id = u.id JOIN roles r ON r.id = a.role_id
    WHERE u.active AND r.key IN ('user', $1) AND (SELECT count(*) FROM assignments WHERE user_id = u.id) = 1
      AND u.email LIKE '%@example.com' AND u.username ~ '[0-9]$' AND u.created_at < now() - interval '1 day'
    ORDER BY username_key LIMIT $2`,
    [broadRole, count],
  );
  return rows;
}

/** Users whose role in the end is not the one that was set last, a sentence each. */
export async function unlike(
  { databases }: Pick<Bench, "databases">,
  all: readonly Victim[],
): Promise<string[]> {
  const { rows } = await databases.console.query<{ id: string; roles: string }>(
    `SELECT a.user_id AS id, string_agg(r.key, ' ') AS roles FROM assignments a JOIN roles r ON r.id = a.role_id
    WHERE a.user_id = ANY($1::uuid[]) GROUP BY 1`,
    [all.map(({ id }) => id)],
  );
  const held = new Map(rows.map(({ id, roles }) => [id, roles]));
  return all.flatMap(({ id, username, role }) =>
    held.get(id) === role ? [] : [`${username} holds ${held.get(id)}, not ${role}`],
  );
}
