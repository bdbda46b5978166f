import { describe, expect, test } from "vitest";
import { check, compile, decide, effective, inheritanceCycle, type Limit } from "./index.ts";
import { full, holding, limited, noon, policyOf, role } from "./reference/examples.ts";

describe("P43 superuser roles", () => {
  const keys = ["can_view_hosts", "can_manage_users", "can_manage_superusers"];
  const admin = role("admin", { superuser: true, except: ["can_manage_superusers"] });
  const heldBy = (policy: ReturnType<typeof policyOf>, key: string) =>
    effective(policy, holding(key), noon).map(({ permission }) => permission);

  test("P43 superadmin and admin keep their permissions though their stored grants were emptied", () => {
    const policy = policyOf(keys, [
      role("superadmin", { superuser: true, grants: [] }),
      { ...admin, grants: [] },
    ]);
    expect(heldBy(policy, "superadmin")).toEqual(keys);
    expect(heldBy(policy, "admin")).toEqual(["can_view_hosts", "can_manage_users"]);
  });

  test("P43 admin never holds can_manage_superusers, whatever is stored for it", () => {
    const stored = { ...admin, grants: full(...keys) };
    const implying = compile({
      permissions: keys.map((key) => ({
        key,
        implies: key === "can_manage_users" ? ["can_manage_superusers"] : [],
      })),
      roles: [stored],
      attributes: [],
    });
    for (const policy of [policyOf(keys, [stored]), implying]) {
      expect(check(policy, holding("admin"), "can_manage_superusers", noon)).toBe("deny");
      const { reason } = decide(policy, holding("admin"), { permission: "can_manage_superusers", at: noon });
      expect(reason).toEqual({ kind: "excepted", paths: [{ assignment: "admin", roles: ["admin"] }] });
    }
  });

  test("another role may still give what a superuser role excepts", () => {
    const policy = policyOf(keys, [admin, role("extra", { grants: full("can_manage_superusers") })]);
    expect(check(policy, holding("admin", "extra"), "can_manage_superusers", noon)).toBe("allow");
  });
});

describe("T07 inheritance", () => {
  test("T07 (engine) a role has what its base roles have, at a depth of 200", () => {
    const roles = Array.from({ length: 200 }, (_, depth) =>
      role(`r${depth}`, depth < 199 ? { inherits: [`r${depth + 1}`] } : { grants: full("read") }),
    );
    const decision = decide(policyOf(["read"], roles), holding("r0"), { permission: "read", at: noon });
    expect(decision.effect).toBe("allow");
    expect(decision.reason).toMatchObject({ path: { roles: roles.map(({ key }) => key), grant: "read" } });
  });

  test("T07 (engine) a cycle is found and named, whichever role closes it", () => {
    const roles = [
      { key: "a", inherits: ["b"] },
      { key: "b", inherits: ["c"] },
      { key: "c", inherits: [] },
      { key: "d", inherits: ["a"] },
    ];
    expect(inheritanceCycle(roles, "c", ["a"])).toEqual(["c", "a", "b", "c"]);
    expect(inheritanceCycle(roles, "c", ["c"])).toEqual(["c", "c"]);
    expect(inheritanceCycle(roles, "new", ["a", "d"])).toBeUndefined();
  });

  test("hours of a base role hold for what comes through it, not for what comes beside it", () => {
    const nobody = { days: [7], from: "03:00", to: "03:15", timeZone: "UTC" };
    const policy = policyOf(
      ["a", "b"],
      [
        role("top", { inherits: ["closed", "open"] }),
        role("closed", { window: nobody, inherits: ["deep"], grants: full("a") }),
        role("open", { inherits: ["deep"] }),
        role("deep", { grants: full("b") }),
      ],
    );
    expect(check(policy, holding("top"), "a", noon)).toBe("deny");
    expect(check(policy, holding("top"), "b", noon)).toBe("allow");
  });
});

describe("U02, T05 several roles", () => {
  const team: Limit = { scope: "team", where: [] };
  const policy = policyOf(
    ["view", "edit", "remove"],
    [
      role("viewer", { grants: full("view") }),
      role("editor", { grants: full("edit") }),
      role("helper", { grants: [limited("view", team), limited("edit", team)] }),
    ],
  );

  test("U02 a user with two roles has the union of their permissions, and no more", () => {
    const held = effective(policy, holding("viewer", "editor"), noon);
    expect(held.map(({ permission, effect }) => [permission, effect])).toEqual([
      ["view", "allow"],
      ["edit", "allow"],
    ]);
  });

  test("T05 the most generous limit wins", () => {
    const ann = { ...holding("helper", "viewer"), teams: ["t1"] };
    expect(check(policy, ann, "view", noon)).toBe("allow");
    expect(check(policy, ann, "view", noon, { team: "t9" })).toBe("allow");
    expect(check(policy, ann, "edit", noon)).toBe("limited");
    expect(check(policy, ann, "edit", noon, { team: "t1" })).toBe("allow");
    expect(check(policy, ann, "edit", noon, { team: "t9" })).toBe("deny");
  });
});

describe("T09 an assignment with an end", () => {
  test("T09 counts from its start until just before its end, with nothing else happening", () => {
    const policy = policyOf(["read"], [role("guest", { grants: full("read") })]);
    const ann = {
      ...holding(),
      assignments: [{ id: "visit", role: "guest", start: noon, end: noon + 1000 }],
    };
    const answers = [-1, 0, 999, 1000].map((later) => check(policy, ann, "read", noon + later));
    expect(answers).toEqual(["deny", "allow", "allow", "deny"]);
    const early = decide(policy, ann, { permission: "read", at: noon - 5 }).reason;
    expect(early).toMatchObject({
      kind: "no_active_assignment",
      next: { assignment: "visit", begins: noon },
    });
  });
});
