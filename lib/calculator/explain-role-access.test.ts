import { beforeAll, describe, expect, test } from "vitest";
import { describeLimit } from "#lib/access/index.ts";
import type { Call } from "#lib/kernel/call.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { organizationWithTeam } from "#test/assignments.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, customRole, person } from "#test/people.ts";
import { failure } from "#test/trail.ts";
import { explainRoleAccess } from "./explain-role-access.ts";
import { viewCalculator } from "./view-calculator.ts";

/** How the console names a limit to a scope and to the last 30 days. */
const within30Days = (scope: "team" | "personal") =>
  describeLimit({ scope, where: [{ attribute: "Time", test: "withinDays", value: 30 }] }, []);

type Input = Omit<Parameters<typeof explainRoleAccess.run>[1], "values"> & {
  values: Record<string, string[]>;
};
const ask = (call: Call, roles: string[], more: Partial<Input> = {}) =>
  runQuery(explainRoleAccess, call, { roles, ...more });

describe("with the UTMStack catalogue", () => {
  let call: Call;
  beforeAll(async () => {
    const close = await openInstallation("utmstack");
    call = await callAs(await person({ roles: ["ADMINISTRATOR"] }));
    return close;
  });
  const effect = async (roles: string[], permission: string, more: Partial<Input> = {}) =>
    (await ask(call, roles, { ...more, permission })).permission?.answer;

  test("T16: a role that nobody holds is asked about like one that somebody does", async () => {
    const limited = await effect(["VIEWER"], "generate_reports");
    expect(limited).toMatchObject({
      effect: "limited",
      words: expect.stringMatching(/Viewer.*Generate Reports/),
      limits: [within30Days("team"), within30Days("personal")],
    });
    expect(limited?.paths[0]?.[0]).toMatchObject({ text: "Whoever holds Viewer" });
  });

  test("T05, T17: a set of roles is the union, and the most generous limit wins", async () => {
    const together = await ask(call, ["VIEWER", "AUDITOR", "VIEWER"], { permission: "generate_reports" });
    expect(together.permission?.answer).toMatchObject({ effect: "allow", summary: "Auditor" });
    expect(together.held.map(({ label }) => label)).toEqual(["Viewer", "Auditor"]);
    expect(together.redundant).toMatchObject([{ label: "Viewer", because: ["Auditor"] }]);
    const all = await ask(call, ["VIEWER", "AUDITOR"]);
    expect(all.groups.reduce((sum, { held }) => sum + held, 0)).toBe(3);
  });

  test("about a resource, whoever holds the roles is in its team only when that is said", async () => {
    const { team } = await organizationWithTeam("Blue");
    const resource = { team, values: { occurred_at: ["2026-03-01T00:00Z"] }, at: "2026-03-02T00:00Z" };
    expect((await effect(["VIEWER"], "generate_reports", resource))?.effect).toBe("deny");
    expect((await effect(["VIEWER"], "generate_reports", { ...resource, member: true }))?.effect).toBe(
      "allow",
    );
    expect((await effect(["VIEWER"], "generate_reports", { ...resource, own: true }))?.effect).toBe("allow");
  });

  test("unknown roles are left out by name; the right to view roles is enough", async () => {
    const rolesOnly = await callAs(
      await person({ roles: [await customRole("roles_only", ["manage_roles"])] }),
    );
    expect(await ask(rolesOnly, ["VIEWER", "nothing_such"])).toMatchObject({ unknown: ["nothing_such"] });
    const none = await ask(rolesOnly, ["nothing_such"], { permission: "view_events" });
    expect(none.permission?.answer.reason).toBe("no_roles");
    expect(await failure(ask(rolesOnly, []))).toMatchObject({ code: "invalid" });
    expect((await runQuery(viewCalculator, rolesOnly, {})).peopleWhy).toEqual(expect.any(String));
    expect((await runQuery(viewCalculator, call, {})).peopleWhy).toBeUndefined();
  });
});

describe("with the Ops Atlas catalogue", () => {
  beforeAll(() => openInstallation("ops-atlas"));

  test("API access is that of the most generous role; the whole list fits the matrix", async () => {
    const { actor, ...rest } = await callAs(await person({ roles: ["ADMIN"] }));
    if (actor.kind !== "user") throw new Error("Nobody is signed in.");
    const { roles, permissions } = actor.access.catalogue;
    for (const { key, api } of roles) {
      const answer = await ask({ actor, ...rest }, [key]);
      expect(answer.groups.flatMap((group) => group.permissions)).toHaveLength(permissions.length);
      if (api === "full") expect(answer.api.words).toMatch(/^Full/);
      if (api === "read_only") expect(answer.api.words).toBe("Read-only");
      if (api === "none") expect(answer.api.words).toBe("None");
    }
  });
});

describe("with the Rudder catalogue", () => {
  let call: Call;
  beforeAll(async () => {
    const close = await openInstallation("rudder");
    call = await callAs(await person({ roles: ["administrator"] }));
    return close;
  });
  const holding = async (expression: string, roles: string[] = []) => {
    const { groups, ...answer } = await ask(call, roles, { expression });
    const held = groups.flatMap(({ permissions }) =>
      permissions.filter((one) => one.answer.effect === "allow"),
    );
    return { ...answer, keys: held.map(({ key }) => key).sort() };
  };

  test("R02: an expression is asked about as if somebody had it, alone or on top of roles", async () => {
    const some = await holding("node_read, rule_read");
    expect(some.keys).toEqual(["node_read", "rule_read"]);
    expect(some.held.map(({ label }) => label)).toEqual(["node_read, rule_read"]);
    const alone = await holding("rule_only");
    const both = await holding("node_read", ["rule_only"]);
    expect(both.keys).toEqual([...new Set([...alone.keys, "node_read"])].sort());
  });

  test("R03: an unknown entry leads to no rights, and is named", async () => {
    const wrong = await holding("rule_only,node_reed");
    expect(wrong.keys).toEqual([]);
    expect(wrong.unknownEntries).toMatch(/"node_reed".*\b2\b.*\bnode_read\b/);
  });
});

test("without expressions in the catalogue there is none to ask about", async () => {
  await openInstallation("utmstack");
  const call = await callAs(await person({ roles: ["ADMINISTRATOR"] }));
  expect((await runQuery(viewCalculator, call, {})).expressions).toBe(false);
  const error = await failure(ask(call, ["VIEWER"], { expression: "view_events" }));
  expect(error.reason).toBe("role_expressions_off");
});
