import { describe, expect, test } from "vitest";
import type { MatrixPermission, MatrixRole } from "#lib/roles/matrix-data.ts";
import { setOwn, startDraft, toggle } from "./draft.ts";
import { draftCells, groupToggle, heldCount, whyFixed } from "./draft-cells.ts";

function permission(key: string, more: Partial<MatrixPermission> = {}): MatrixPermission {
  return {
    key,
    label: key.toUpperCase(),
    description: "",
    dangerous: false,
    implies: [],
    grantable: true,
    ...more,
  };
}

const permissions = [
  permission("read"),
  permission("write", { implies: ["read"] }),
  permission("admin", { implies: ["write"] }),
  permission("audit"),
  permission("bind", { grantable: false, grantWhy: "You do not hold Bind yourself." }),
];

const role: MatrixRole = {
  key: "ops",
  label: "Operator",
  description: "",
  builtIn: false,
  rank: 30,
  superuser: false,
  dangerous: false,
  version: 1,
  people: 12,
  held: 3,
  total: 5,
  cells: {
    read: { by: "implied", from: ["WRITE"] },
    write: { by: "own" },
    audit: { by: "own", alsoFrom: ["Auditor"] },
  },
  edit: { allowed: true },
  remove: { allowed: true },
};

describe("cells of a draft", () => {
  test("an untouched draft shows the very cells of the role", () => {
    const cells = draftCells(role, startDraft(role), permissions);
    expect(cells).toEqual(role.cells);
    for (const key of Object.keys(cells)) expect(cells[key]).toBe(role.cells[key]);
    expect(heldCount(role, cells)).toBe(3);
  });

  test("what a new tick implies is ticked by implication, at any distance", () => {
    const cells = draftCells(
      role,
      setOwn(setOwn(startDraft(role), ["write"], false), ["admin"], true),
      permissions,
    );
    expect(cells.write).toEqual({ by: "implied", from: ["ADMIN"] });
    expect(cells.read).toEqual({ by: "implied", from: ["ADMIN"] });
    expect(heldCount(role, cells)).toBe(4);
    const without = draftCells(role, toggle(startDraft(role), "write"), permissions);
    expect(Object.keys(without)).toEqual(["audit"]);
  });

  test("T07 an own tick that goes leaves the inherited one", () => {
    const cells = draftCells(role, toggle(startDraft(role), "audit"), permissions);
    expect(cells.audit).toEqual({ by: "inherited", from: ["Auditor"] });
    expect(heldCount(role, cells)).toBe(3);
  });

  test("boxes that cannot be pressed say why", () => {
    expect(whyFixed(permissions[0] as MatrixPermission, role.cells.read)).toContain("WRITE");
    expect(whyFixed(permissions[3] as MatrixPermission, { by: "inherited", from: ["Auditor"] })).toContain(
      "Auditor",
    );
    expect(whyFixed(permissions[4] as MatrixPermission, undefined)).toBe(permissions[4]?.grantWhy);
    expect(whyFixed(permissions[2] as MatrixPermission, { by: "always" })).toEqual(expect.any(String));
    expect(whyFixed(permissions[1] as MatrixPermission, role.cells.write)).toBeUndefined();
  });

  test("P15 Select all takes only what the actor may grant and the role does not hold anyway", () => {
    expect(groupToggle(permissions, role.cells)).toEqual({ on: ["admin"], off: ["write", "audit"] });
  });
});
