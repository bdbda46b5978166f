import { expect, test } from "vitest";
import type { Limit } from "#lib/access/index.ts";
import { atLevel, isIncomplete, levelOf } from "./access-level.ts";
import { ruleOf, withRule } from "./managed-rule.ts";
import {
  changedSince,
  changesOf,
  draftedRole,
  inWords,
  isChanged,
  type RoleDraft,
  untouched,
} from "./role-draft.ts";

const severe = { attribute: "severity", test: "in", values: ["high"] } as const;
const team: Limit = { scope: "team", where: [{ ...severe, values: ["high"] }] };
const role = { grants: { read: [team], write: [] }, bases: ["base"], api: "full" as const };

test("what is touched and put back is no change, whatever the order of keys", () => {
  const back: RoleDraft = {
    grants: { read: [{ where: [{ values: ["high"], test: "in", attribute: "severity" }], scope: "team" }] },
    bases: { base: true },
    window: null,
    api: "full",
  };
  expect(isChanged(changesOf(role, back))).toBe(false);
  expect(changesOf(role, untouched)).toEqual({
    add: [],
    remove: [],
    limit: [],
    addBases: [],
    removeBases: [],
  });
});

test("only what changes is sent: new grants, those taken, new limits, base roles, hours, API access", () => {
  const window = { days: [1], from: "08:00", to: "18:00", timeZone: "UTC" };
  const draft: RoleDraft = {
    grants: { read: [], write: null, plain: [], narrow: [team] },
    bases: { base: false, other: true },
    window,
    api: "none",
  };
  const changes = changesOf(role, draft);
  expect(changes).toEqual({
    add: ["plain"],
    remove: ["write"],
    limit: [
      { permission: "read", limits: [] },
      { permission: "narrow", limits: [team] },
    ],
    addBases: ["other"],
    removeBases: ["base"],
    window,
    api: "none",
  });
  expect(inWords(changes, role.grants)).toEqual([
    "2 added",
    "1 removed",
    "limits of 1 changed",
    "2 base roles changed",
    "hours changed",
    "API access changed",
  ]);
  expect(draftedRole(role, draft)).toMatchObject({ bases: ["other"], window, api: "none" });
  expect(changesOf({ ...role, window }, { ...untouched, window: null }).window).toBeNull();
});

test("T02: an access level keeps the conditions, and all data without any is unconditional", () => {
  expect([undefined, [], [team], [team, { scope: "personal", where: [] } as Limit]].map(levelOf)).toEqual([
    "off",
    "global",
    "team",
    "mixed",
  ]);
  expect(atLevel(undefined, "organization")).toEqual([{ scope: "organization", where: [] }]);
  expect(atLevel([team], "personal")).toEqual([{ scope: "personal", where: team.where }]);
  expect(atLevel([team], "global")).toEqual([{ scope: "global", where: team.where }]);
  expect(atLevel([{ scope: "team", where: [] }], "global")).toEqual([]);
  expect(atLevel([team], "off")).toBeNull();
  expect(atLevel([team, { ...team, scope: "personal" }], "team")).toEqual([team]);
  expect(isIncomplete([{ scope: "team", where: [{ ...severe, values: [] }] }])).toBe(true);
  expect(isIncomplete([team])).toBe(false);
});

test("T08: a rule for a whole role is read from its grants and put into them, but for those that guard the console", () => {
  const guarding = ["manage"];
  const all = { read: [team], write: [], manage: [] };
  expect(ruleOf("source", all, guarding)).toEqual({ kind: "all" });
  const rule = { kind: "inGroup", values: ["eu"] } as const;
  const eu = { attribute: "source", test: "inGroup", values: ["eu"] };
  const put = (limits: Limit[]) => withRule("source", { ...rule, values: ["eu"] }, limits);
  const ruled = { read: put(all.read), write: put(all.write), manage: [] };
  expect(ruled.read).toEqual([{ scope: "team", where: [eu, ...team.where] }]);
  expect(ruled.write).toEqual([{ scope: "global", where: [eu] }]);
  expect(ruleOf("source", ruled, guarding)).toEqual(rule);
  expect(ruleOf("source", { ...ruled, write: [] }, guarding)).toEqual({ kind: "mixed" });
  expect(withRule("source", { kind: "all" }, ruled.write)).toEqual([]);
  expect(withRule("source", { kind: "mixed" }, ruled.write)).toEqual(ruled.write);
});

test("what was sent is settled, and what was touched since then is still a change", () => {
  const sent: RoleDraft = { grants: { plain: [], read: [team] }, bases: { other: true }, window: null };
  expect(changedSince(sent, sent)).toEqual(untouched);
  const since = { ...sent, grants: { ...sent.grants, plain: null, write: null }, api: "none" as const };
  expect(changedSince(sent, since)).toEqual({ grants: { plain: null, write: null }, bases: {}, api: "none" });
  expect(changedSince(sent, untouched)).toEqual({ ...untouched, window: undefined });
});
