import { describe, expect, test } from "vitest";
import type { MatrixGroup, MatrixPermission, MatrixRole } from "#lib/roles/matrix-data.ts";
import { type MatrixRow, rowsOf } from "./matrix-rows.ts";
import { withGaps } from "./slots.ts";

const permission = (key: string, label: string): MatrixPermission => ({
  key,
  label,
  description: `${label} of the fleet`,
  dangerous: false,
  implies: [],
  grantable: true,
});

const groups: MatrixGroup[] = [
  {
    key: "monitoring",
    label: "Monitoring",
    description: "",
    risk: "low",
    permissions: [permission("can_view_hosts", "View Hosts"), permission("can_view_reports", "View Reports")],
  },
  {
    key: "administration",
    label: "Administration",
    description: "",
    risk: "high",
    permissions: [permission("can_manage_users", "Manage Users")],
  },
];

const role = (cells: MatrixRole["cells"]) => ({ cells }) as MatrixRole;
const names = (rows: MatrixRow[]) =>
  rows.map((row) => (row.kind === "group" ? row.group.key : row.permission.key));

describe("rows of the matrix", () => {
  test("every permission stands under the header of its group", () => {
    expect(names(rowsOf(groups, { query: "" }))).toEqual([
      "monitoring",
      "can_view_hosts",
      "can_view_reports",
      "administration",
      "can_manage_users",
    ]);
  });

  test.each([
    ["reports", ["monitoring", "can_view_reports"]],
    ["CAN_MANAGE", ["administration", "can_manage_users"]],
    ["fleet view hosts", ["monitoring", "can_view_hosts"]],
    ["administration", ["administration", "can_manage_users"]],
    ["nothing like it", []],
  ])("searching %j keeps the groups of what it finds", (query, expected) => {
    expect(names(rowsOf(groups, { query }))).toEqual(expected);
  });

  test("differences only: who gives it does not matter, its limits do", () => {
    const differing = [
      role({ can_view_hosts: { by: "own" }, can_view_reports: { by: "own" } }),
      role({
        can_view_hosts: { by: "inherited", from: ["X"] },
        can_view_reports: { by: "own", limits: ["own team"] },
      }),
    ];
    expect(names(rowsOf(groups, { query: "", differing }))).toEqual(["monitoring", "can_view_reports"]);
  });
});

test("gaps keep every rendered row in its place, also one far from the others", () => {
  const items = [
    { index: 0, start: 0, end: 40 },
    { index: 7, start: 280, end: 320 },
    { index: 8, start: 320, end: 360 },
  ];
  expect(withGaps(items, 400)).toEqual([{ index: 0 }, { gap: 240 }, { index: 7 }, { index: 8 }, { gap: 40 }]);
  expect(withGaps([], 0)).toEqual([]);
});
