import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as drafts from "./draft.ts";

const keys = ["view", "edit", "run", "users", "billing"];
const someKeys = fc.uniqueArray(fc.constantFrom(...keys));
const anyDraft = fc
  .record({ base: someKeys, toggled: fc.array(fc.constantFrom(...keys)) })
  .map(({ base, toggled }) => toggled.reduce(drafts.toggle, drafts.draftOver("host_manager", 3, base)));

const permissions = keys.map((key) => ({ key, grantable: key !== "billing" }));

describe("draft of a role's permissions", () => {
  test("starts from what the role holds itself, not from what it inherits", () => {
    const draft = drafts.startDraft({
      key: "analyst",
      version: 7,
      cells: {
        view: { by: "inherited", from: ["Viewer"] },
        edit: { by: "own" },
        run: { by: "implied", from: ["Edit"] },
      },
    });
    expect([...draft.base]).toEqual(["edit"]);
    expect(drafts.isChanged(draft)).toBe(false);
    expect(drafts.changesInWords(draft)).toBe("No changes");
  });

  test("counts what is added and removed", () => {
    let draft = drafts.draftOver("readonly", 1, ["view", "edit"]);
    draft = drafts.setOwn(draft, ["run", "users"], true);
    draft = drafts.toggle(draft, "edit");
    expect(drafts.changesInWords(draft)).toBe("2 added, 1 removed");
    expect(drafts.changeOf(draft, "run")).toBe("added");
    expect(drafts.changeOf(draft, "edit")).toBe("removed");
    expect(drafts.changeOf(draft, "view")).toBeUndefined();
    expect(drafts.isChanged(drafts.discard(draft))).toBe(false);
  });

  test("toggling twice changes nothing, and added and removed never meet the base wrongly", () => {
    fc.assert(
      fc.property(anyDraft, fc.constantFrom(...keys), (draft, key) => {
        expect([...draft.added].filter((k) => draft.base.has(k))).toEqual([]);
        expect([...draft.removed].filter((k) => !draft.base.has(k))).toEqual([]);
        expect(drafts.isOwn(drafts.toggle(draft, key), key)).toBe(!drafts.isOwn(draft, key));
        expect(drafts.ownOf(drafts.toggle(drafts.toggle(draft, key), key))).toEqual(drafts.ownOf(draft));
      }),
    );
  });

  test("P14 a template ticks exactly its permissions, bounded by what the actor may grant", () => {
    fc.assert(
      fc.property(anyDraft, someKeys, (draft, template) => {
        const own = drafts.ownOf(drafts.applyTemplate(draft, template, permissions));
        const expected = new Set(template.filter((key) => key !== "billing"));
        if (drafts.isOwn(draft, "billing")) expected.add("billing");
        expect(own).toEqual(expected);
      }),
    );
    const all = drafts.applyTemplate(drafts.draftOver("", 0, []), "all", permissions);
    expect(drafts.ownOf(all)).toEqual(new Set(["view", "edit", "run", "users"]));
    expect(drafts.ownOf(drafts.applyTemplate(all, [], permissions)).size).toBe(0);
  });

  test("another administrator's save moves the base and leaves the person's own changes", () => {
    const mine = drafts.toggle(drafts.toggle(drafts.draftOver("ops", 1, ["view", "edit"]), "edit"), "run");
    const { draft, theirs } = drafts.rebase(mine, { version: 2, grants: ["edit", "users"] });
    expect(theirs).toEqual({ granted: ["users"], revoked: ["view"] });
    expect(draft.version).toBe(2);
    expect(drafts.ownOf(draft)).toEqual(new Set(["users", "run"]));
    expect(drafts.changesInWords(draft)).toBe("1 added, 1 removed");
  });

  test("after a rebase every own change holds, and everything else is as the other left it", () => {
    fc.assert(
      fc.property(anyDraft, someKeys, (mine, grants) => {
        const { draft } = drafts.rebase(mine, { version: 9, grants });
        for (const key of keys) {
          const change = drafts.changeOf(mine, key);
          const expected = change ? change === "added" : grants.includes(key);
          expect(drafts.isOwn(draft, key)).toBe(expected);
        }
        expect(drafts.rebase(draft, { version: 9, grants })).toEqual({
          draft,
          theirs: { granted: [], revoked: [] },
        });
      }),
    );
  });
});
