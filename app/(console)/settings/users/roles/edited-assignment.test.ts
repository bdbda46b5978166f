import { expect, test } from "vitest";
import type { AssignmentView } from "#lib/assignments/schema.ts";
import { added, changeWords, editedOf, rebased } from "./edited-assignment.ts";

const view = (id: string, more: Partial<AssignmentView> = {}): AssignmentView => ({
  id,
  role: { key: id, label: id, description: "", dangerous: false, window: null },
  source: "local",
  givenBy: null,
  givenAt: new Date(0),
  reason: null,
  startsAt: null,
  endsAt: null,
  window: null,
  organization: null,
  team: null,
  temporary: false,
  editable: true,
  active: true,
  opensAt: null,
  closesAt: null,
  takeWhy: undefined,
  ...more,
});
const role = { key: "extra", label: "Extra", dangerous: false };

test("what saving would do is counted, and nothing is said of nothing", () => {
  const [one, two] = [editedOf(view("one")), editedOf(view("two"))];
  expect(changeWords([one, two])).toBe("");
  const draft = [{ ...one, reason: "cover" }, { ...two, removed: true }, added(role, "new-0")];
  expect(changeWords(draft)).toBe("1 added, 1 changed, 1 removed");
});

test("after somebody else saved, the draft stays on top of what is there now, and loses nothing of theirs", () => {
  const rows = [
    { ...editedOf(view("touched")), reason: "mine" },
    { ...editedOf(view("going")), removed: true },
    editedOf(view("untouched")),
    editedOf(view("taken")),
    added(role, "new-0"),
  ];
  const now = [view("touched"), view("going"), view("untouched", { reason: "theirs" }), view("theirs")];
  expect(rebased(rows, now).map(({ key, reason, removed }) => [key, reason, removed])).toEqual([
    ["touched", "mine", false],
    ["going", "", true],
    ["untouched", "theirs", false],
    ["theirs", "", false],
    ["new-0", "", false],
  ]);
});
