import { beforeEach, describe, expect, test } from "vitest";
import { loadSubject } from "#lib/assignments/index.ts";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { explainExpression } from "#lib/role-expressions/index.ts";
import { holdAs } from "#test/assignments.ts";
import { roleIn, variant } from "#test/catalogue.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, customRole, person, rolesOf } from "#test/people.ts";
import { refused } from "#test/trail.ts";
import { setRoleExpression } from "./index.ts";

const forbidden = (reason: string, message?: RegExp) =>
  ({ code: "forbidden", reason, ...(message && { message }) }) as const;
const write = (call: Call, { id }: { id: string }, expression: string, confirmed: string[] = []) =>
  runCommand(setRoleExpression, call, { id, expression, confirmed });

describe("with the Rudder catalogue", () => {
  beforeEach(() => openInstallation("rudder"));

  test("nobody writes their own, not even in other words for the same", async () => {
    const self = await person({ roles: ["administrator"] });
    const own = { code: "conflict", reason: "own_role" } as const;
    for (const expression of ["administrator", "inventory", "misspelt"])
      await refused(setRoleExpression, await callAs(self), { id: self.id, expression }, own);
  });

  test("the last administrator keeps what they need, from an expression with an unknown entry as well", async () => {
    const owner = await person({ roles: ["administrator"] });
    const call = await callAs(await person({ roles: ["administration_only"] }));
    await holdAs(call.actor as { id: string }, "administration_only", {
      end: new Date(Date.UTC(2027, 0, 1)),
    });
    const last = { code: "conflict", reason: "last_holder" } as const;
    for (const expression of ["inventory", "administrator,misspelt", "no_rights,administrator", "rule_all"])
      await refused(setRoleExpression, call, { id: owner.id, expression }, last);
    await write(call, owner, "administration_write,rule_all", [
      "expression:administration_write+rule_read+rule_write+rule_edit",
    ]);
    expect(await rolesOf(owner)).toEqual(["expression:administration_write+rule_read+rule_write+rule_edit"]);
  });

  test("dangerous roles and permissions are confirmed by name; the explanation says which and why", async () => {
    const jane = await person({ roles: ["user"] });
    const call = await callAs(await person({ roles: ["administrator"] }));
    const expression = "administrator,administration_all";
    const made = "expression:administration_read+administration_write+administration_edit";
    const { dangers } = await runQuery(explainExpression, call, { id: jane.id, expression });
    expect(dangers.map(({ key }) => key)).toEqual(["administrator", made]);
    expect(dangers[1]?.danger).toMatch(/^Administration write: /);
    const unconfirmed = { code: "invalid", reason: "confirmation_required" } as const;
    const input = { id: jane.id, expression };
    await refused(setRoleExpression, call, input, unconfirmed);
    await refused(setRoleExpression, call, { ...input, confirmed: ["administrator"] }, unconfirmed);
    await write(call, jane, expression, ["administrator", made]);
    expect(await rolesOf(jane)).toEqual(["administrator", made]);
    expect((await runQuery(explainExpression, call, input)).dangers).toEqual([]);
  });

  test("a role that was held for a time is given for good", async () => {
    const jane = await person({ roles: ["inventory"] });
    await holdAs(jane, "inventory", { end: new Date(Date.UTC(2027, 0, 1)) });
    await write(await callAs(await person({ roles: ["administrator"] })), jane, "inventory");
    const subject = await loadSubject(database(), { id: jane.id, active: true }, Date.now());
    expect(subject.assignments).toMatchObject([{ role: "inventory", end: undefined }]);
  });

  test("nothing at all, too much and several lines are refused", async () => {
    const jane = await person({ roles: ["user"] });
    const call = await callAs(await person({ roles: ["administrator"] }));
    for (const expression of ["", " ,, ", "rule_only\nuser", "x,".repeat(1001)]) {
      const fields = { expression: [expect.any(String)] };
      const error = { code: "invalid", fields } as const;
      const reason =
        expression.includes("\n") || expression.length > 2000 ? "invalid_input" : "empty_expression";
      await refused(setRoleExpression, call, { id: jane.id, expression }, { ...error, reason });
    }
  });

  test("of two at once both hold in turn, and roles are those of the expression that is kept", async () => {
    const jane = await person({ roles: ["user"] });
    const [one, other] = [
      await callAs(await person({ roles: ["administrator"] })),
      await callAs(await person({ roles: ["administrator"] })),
    ];
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([write(one, jane, "rule_write,node_read"), write(other, jane, "node_read,misspelt")]);
      const { roleExpression } = await database().user.findUniqueOrThrow({ where: { id: jane.id } });
      const valid = roleExpression === "rule_write,node_read";
      expect(await rolesOf(jane)).toEqual([valid ? "expression:node_read+rule_write" : "no_rights"]);
      expect(await database().role.count({ where: { builtIn: false } })).toBe(valid ? 1 : 0);
    }
  });

  test("of two who need the same new role, both find it", async () => {
    const [jane, kim] = [await person({ roles: ["user"] }), await person({ roles: ["user"] })];
    const call = await callAs(await person({ roles: ["administrator"] }));
    await Promise.all([write(call, jane, "rule_write"), write(call, kim, "rule_write")]);
    expect([await rolesOf(jane), await rolesOf(kim)]).toEqual([
      ["expression:rule_write"],
      ["expression:rule_write"],
    ]);
  });
});

test("where nobody gives beyond their own, neither roles nor single permissions do; rank and guard hold", async () => {
  const path = await variant("rudder", (catalogue) => {
    delete catalogue.capabilities.grantBeyondOwn;
    delete catalogue.capabilities.manageSuperusers;
    Object.assign(roleIn(catalogue, "workflow"), { rank: 50 });
    Object.assign(roleIn(catalogue, "validator"), { guarded: true });
    Object.assign(catalogue, { customRoles: { ...catalogue.customRoles, rank: 10 } });
    for (const role of catalogue.roles) role.dangerous = false;
    for (const permission of catalogue.permissions) permission.dangerous = false;
  });
  const close = await openInstallation(path);
  const desk = await customRole("desk", ["administration_write", "node_read"]);
  const call = await callAs(await person({ roles: [desk] }));
  const jane = await person({ roles: ["inventory"] });
  const to = (expression: string) => ({ id: jane.id, expression });
  const escalation = (what: string) => forbidden("escalation", new RegExp(what));
  await refused(setRoleExpression, call, to("node_write"), escalation("node_write"));
  await refused(
    setRoleExpression,
    call,
    to("node_read,rule_all"),
    escalation("rule_read, rule_write, rule_edit"),
  );
  await refused(setRoleExpression, call, to("node_read,inventory,user"), escalation("\\buser\\b"));
  await refused(setRoleExpression, call, to("workflow"), forbidden("rank"));
  await refused(setRoleExpression, call, to("validator"), forbidden("guarded_role"));
  const chief = await person({ roles: ["workflow"] });
  await refused(setRoleExpression, call, { id: chief.id, expression: "node_read" }, forbidden("rank"));
  const guarded = await person({ roles: ["validator"] });
  await refused(setRoleExpression, call, { id: guarded.id, expression: "x" }, forbidden("guarded_role"));
  await write(call, jane, "node_read,administration_read");
  expect(await rolesOf(jane)).toEqual(["expression:administration_read+node_read"]);
  await write(call, jane, "node_reed");
  expect(await rolesOf(jane)).toEqual(["no_rights"]);
  await close();
});

test("a catalogue without role expressions has none", async () => {
  const close = await openInstallation();
  const call = await callAs(await person({ roles: ["superadmin"] }));
  const { id } = await person({ roles: ["user"] });
  await refused(setRoleExpression, call, { id, expression: "readonly" }, forbidden("role_expressions_off"));
  await close();
});
