import { beforeAll, describe, expect, test } from "vitest";
import { check, type Subject } from "#lib/access/index.ts";
import { heldAt, loadSubject } from "#lib/assignments/index.ts";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { organizationWithTeam } from "#test/assignments.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, customRole, person } from "#test/people.ts";
import { failure } from "#test/trail.ts";
import { askedOf } from "./circumstances.ts";
import { circumstancesSchema } from "./schema.ts";
import { type WhoCanRow, whoCan } from "./who-can.ts";

type Input = Partial<Omit<Parameters<typeof whoCan.run>[1], "values">> & {
  permission: string;
  values?: Record<string, string[]>;
};

/** Every page, one after the other. */
async function everybody(call: Call, input: Input): Promise<WhoCanRow[]> {
  const rows: WhoCanRow[] = [];
  for (let after: string | undefined, first = true; first || after; first = false) {
    const page = await runQuery(whoCan, call, { ...input, after });
    expect(page.rows.length).toBeLessThanOrEqual(25);
    rows.push(...page.rows);
    after = page.next;
  }
  return rows;
}

async function allSubjects(): Promise<Subject[]> {
  const users = await database().user.findMany({ select: { id: true, active: true } });
  return Promise.all(users.map((user) => loadSubject(database(), user, 0)));
}

/** The same the slow way: every user, one by one. */
function bruteForce(call: Call, subjects: readonly Subject[], input: Input): [string, string][] {
  if (call.actor.kind !== "user") throw new Error("Nobody is signed in.");
  const { policy, catalogue } = call.actor.access;
  const { at, resource, action, context } = askedOf(
    circumstancesSchema.parse(input),
    catalogue.attributes,
    call.at.getTime(),
  );
  return subjects
    .map((subject): [string, string] => [
      subject.id,
      check(policy, subject, input.permission, at, resource(subject.id), action, context),
    ])
    .filter(([, effect]) => effect !== "deny")
    .sort();
}

const sorted = (rows: WhoCanRow[]) => rows.map(({ id, effect }) => [id, effect]).sort();

/** The same numbers in every run. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  return {
    chance: (share: number) => next() < share,
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T,
  };
}

type Place = { organization: string; team: string };
/** From when until when, in days from then. */
const validities: [number | null, number | null][] = [
  [null, null],
  [null, null],
  [-3, -1],
  [-3, 5],
  [0, 5],
  [-2, 0],
  [2, null],
  [null, 0],
];
const day = 86_400_000;
const noon = Date.UTC(2026, 2, 10, 12);

/** People with random roles, places, times and hours. */
async function crowd(size: number, roleKeys: readonly string[], places: readonly Place[]): Promise<void> {
  const { chance, pick } = dice(7);
  const roles = await database().role.findMany({
    where: { key: { in: [...roleKeys] } },
    select: { id: true },
  });
  const made = Array.from({ length: size }, (_, index) => ({
    id: newId(),
    username: `crowd${String(index).padStart(4, "0")}`,
  }));
  const at = new Date(noon);
  await database().user.createMany({
    data: made.map(({ id, username }) => ({
      id,
      username,
      usernameKey: username,
      email: `${username}@example.com`,
      emailKey: `${username}@example.com`,
      searchText: username,
      active: chance(0.85),
      createdAt: at,
      updatedAt: at,
    })),
  });
  const members = made.flatMap(({ id }) =>
    places.filter(() => chance(0.4)).map((place) => ({ userId: id, place })),
  );
  await database().organizationMember.createMany({
    data: members.map(({ userId, place }) => ({ userId, organizationId: place.organization, createdAt: at })),
  });
  await database().teamMember.createMany({
    data: members
      .filter(() => chance(0.7))
      .map(({ userId, place }) => ({
        userId,
        organizationId: place.organization,
        teamId: place.team,
        createdAt: at,
      })),
  });
  const daysFromNoon = (days: number | null) => (days === null ? null : new Date(noon + days * day));
  await database().assignment.createMany({
    data: made.flatMap(({ id: userId }) =>
      roles
        .filter(() => chance(0.3))
        .map((role) => {
          const place = chance(0.2) ? pick(places) : undefined;
          const [starts, ends] = pick(validities);
          return {
            id: newId(),
            userId,
            roleId: role.id,
            source: "local",
            createdAt: at,
            startsAt: daysFromNoon(starts),
            endsAt: daysFromNoon(ends),
            organizationId: place?.organization,
            teamId: place?.team,
            ...(chance(0.3) && {
              window: {
                days: [1, 2, 3, 4, 5],
                from: "09:00",
                to: "17:00",
                timeZone: pick(["UTC", "Asia/Tokyo"]),
              },
            }),
          };
        }),
    ),
  });
}

describe("with the UTMStack catalogue", () => {
  let call: Call;
  let subjects: Subject[];
  const places: Place[] = [];
  beforeAll(async () => {
    const close = await openInstallation("utmstack");
    for (const name of ["Blue", "Red"]) places.push(await organizationWithTeam(name));
    await crowd(400, ["ADMINISTRATOR", "SECURITY_ANALYST", "AUDITOR", "VIEWER"], places);
    call = await callAs(await person({ roles: ["ADMINISTRATOR"] }));
    subjects = await allSubjects();
    return close;
  });

  test("T16: who can is exactly everybody whose check says yes, now and at any instant", async () => {
    for (const permission of [
      "view_events",
      "modify_data",
      "manage_users",
      "view_audit_logs",
      "no_such_thing",
    ])
      for (const at of [undefined, "2026-03-10T12:00Z", "2026-03-08T12:00Z", "2026-03-13T20:00Z"]) {
        const input = { permission, at };
        expect(sorted(await everybody(call, input)), `${permission} ${at}`).toEqual(
          bruteForce(call, subjects, input),
        );
      }
  });

  test("T16: about a resource too: its team, its attributes, whose it is", async () => {
    const at = "2026-03-10T12:00Z";
    const values = { severity: ["low"], occurred_at: ["2026-03-09T00:00Z"] };
    const [blue, red] = places;
    const inputs: Input[] = [
      { permission: "view_events", at, team: blue?.team, values },
      { permission: "view_events", at, team: red?.team, values: { ...values, severity: ["critical"] } },
      { permission: "view_events", at, own: true, values },
      { permission: "view_events", at, assigned: true },
      { permission: "modify_data", at, team: red?.team, organization: red?.organization },
      { permission: "modify_data", at, type: "event", id: "7" },
    ];
    const counts = new Set<number>();
    for (const input of inputs) {
      const rows = await everybody(call, input);
      expect(sorted(rows)).toEqual(bruteForce(call, subjects, input));
      expect(rows.every(({ effect, ways }) => effect === "allow" && ways.length > 0)).toBe(true);
      counts.add(rows.length);
    }
    expect(counts.size).toBeGreaterThan(3);
  });

  test("pages follow the usernames, forth and back, whoever comes or goes; deactivated people are counted apart", async () => {
    const input = { permission: "view_events", at: "2026-03-10T12:00Z" };
    const first = await runQuery(whoCan, call, input);
    const second = await runQuery(whoCan, call, { ...input, after: first.next });
    expect(first.rows).toHaveLength(25);
    const names = [...first.rows, ...second.rows].map(({ username }) => username);
    expect(names).toEqual(names.toSorted());
    expect(new Set(names).size).toBe(50);
    const back = await runQuery(whoCan, call, { ...input, before: second.previous });
    expect(back.rows).toEqual(first.rows);
    expect(back.previous).toBeUndefined();
    expect(first.previous).toBeUndefined();
    expect(first.inactive).toBe(
      await database().user.count({ where: { active: false, assignments: { some: heldAt(first.at) } } }),
    );
    const forged = await runQuery(whoCan, call, { ...input, after: "forged" });
    expect(forged.rows).toEqual(first.rows);
  });

  test("where few of very many may, a page stops after so many and goes on from there", async () => {
    await database().$executeRaw`
      WITH made AS (
        INSERT INTO users (id, username, username_key, email, email_key, search_text, created_at, updated_at)
        SELECT gen_random_uuid(), name, name, name || '@x', name || '@x', name, now(), now()
        FROM (SELECT 'many' || n AS name FROM generate_series(1, 5500) n) named RETURNING id)
      INSERT INTO assignments (id, user_id, role_id, source, created_at)
      SELECT gen_random_uuid(), made.id, roles.id, 'local', now() FROM made, roles WHERE roles.key = 'VIEWER'`;
    const input = { permission: "view_events", at: "2026-03-10T12:00Z", type: "event", id: "7" };
    const before = bruteForce(call, subjects, input);
    expect(sorted(await everybody(call, input))).toEqual(before);
    let stopped = 0;
    for (let after: string | undefined, first = true; first || after; first = false) {
      const page = await runQuery(whoCan, call, { ...input, after });
      if (page.looked !== undefined) stopped += 1;
      after = page.next;
    }
    expect(stopped).toBe(1);
  });

  test("it takes the rights to view users and to view roles", async () => {
    const rolesOnly = await callAs(
      await person({ roles: [await customRole("roles_only", ["manage_roles"])] }),
    );
    const refused = await failure(runQuery(whoCan, rolesOnly, { permission: "view_events" }));
    expect(refused).toMatchObject({ code: "forbidden", details: { needs: "viewUsers" } });
  });
});

describe("with the Rudder catalogue", () => {
  beforeAll(async () => {
    const close = await openInstallation("rudder");
    const roles = await database().role.findMany({ select: { key: true } });
    await crowd(
      120,
      roles.map(({ key }) => key),
      [],
    );
    return close;
  });

  test("whom a role without rights blocks is not among those who can", async () => {
    const call = await callAs(await person({ roles: ["administrator"] }));
    const subjects = await allSubjects();
    for (const permission of ["rule_read", "rule_write", "node_read"]) {
      const input = { permission, at: "2026-03-10T12:00Z" };
      expect(sorted(await everybody(call, input))).toEqual(bruteForce(call, subjects, input));
    }
  });
});
