import { expect, test } from "vitest";
import { judgeAdvisories } from "./judge-advisories.mjs";

const advisory = (id: string, severity: string) => ({
  ...{ source: 1, name: "mailer", title: "Reads files", severity },
  url: `https://github.com/advisories/${id}`,
});
/** As npm prints it: a package that depends on an affected one has that one's name as its cause. */
const report = {
  vulnerabilities: {
    mailer: { via: [advisory("GHSA-aaaa-bbbb-cccc", "high"), advisory("GHSA-dddd-eeee-ffff", "low")] },
    "next-auth": { via: ["mailer"] },
  },
};
const accepted = { id: "GHSA-aaaa-bbbb-cccc", reason: "It is not called.", until: "2026-12-31" };
const ids = (list: { id?: string }[]) => list.map(({ id }) => id);

test("a high or critical advisory is grave, whatever else is only told", () => {
  const judged = judgeAdvisories(report, [], "2026-11-29");
  expect(ids(judged.grave)).toEqual(["GHSA-aaaa-bbbb-cccc"]);
  expect(ids(judged.open)).toEqual(["GHSA-aaaa-bbbb-cccc", "GHSA-dddd-eeee-ffff"]);
});

test("one that is accepted is not, until its last day is over", () => {
  expect(judgeAdvisories(report, [accepted], "2026-12-31").grave).toEqual([]);
  const late = judgeAdvisories(report, [accepted], "2027-01-01");
  expect([ids(late.grave), ids(late.outdated)]).toEqual([[accepted.id], [accepted.id]]);
});

test("accepting needs a reason and an end", () => {
  const bare = [
    { ...accepted, reason: "" },
    { id: accepted.id, reason: "Because." },
  ];
  const judged = judgeAdvisories(report, bare, "2026-11-29");
  expect(judged.incomplete).toEqual(bare);
});

test("what is no longer reported is told, so that the list stays short", () => {
  expect(ids(judgeAdvisories({ vulnerabilities: {} }, [accepted], "2026-11-29").outdated)).toEqual([
    accepted.id,
  ]);
});
