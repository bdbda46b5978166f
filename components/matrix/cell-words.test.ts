import { expect, test } from "vitest";
import type { MatrixCell, MatrixPermission, MatrixRole } from "#lib/roles/matrix-data.ts";
import { count, reasonInWords, stateInWords } from "./cell-words.ts";

const role = { label: "Operator" } as MatrixRole;
const permission = { label: "Manage Hosts" } as MatrixPermission;

test.each<[MatrixCell | undefined, string]>([
  [undefined, "not granted"],
  [{ by: "own" }, "granted"],
  [
    { by: "own", limits: ["own team", "severity high or less"] },
    "granted, limited: own team and severity high or less",
  ],
  [{ by: "inherited", from: ["Auditor", "Viewer"] }, "inherited from Auditor and Viewer"],
  [{ by: "implied", from: ["Manage Users"] }, "comes with Manage Users"],
  [{ by: "always" }, "always held"],
])("T07 each kind of cell has a word of its own: %j", (cell, words) => {
  expect(stateInWords(cell)).toBe(words);
});

test("the reason names role, permission and where it comes from", () => {
  expect(reasonInWords(role, permission, { by: "inherited", from: ["Viewer"] })).toMatch(
    /Operator.*Manage Hosts.*Viewer/,
  );
  const without = reasonInWords(role, permission, undefined);
  expect(without).toMatch(/Operator.*Manage Hosts/);
  expect(without).not.toBe(reasonInWords(role, permission, { by: "own" }));
});

test("counts agree with their noun", () => {
  expect(count(1, "person", "people")).toBe("1 person");
  expect(count(1200, "person", "people")).toBe("1,200 people");
});
