import { expect, test } from "vitest";
import { explainRoleExpression, type Limit, parseRoleExpression } from "./index.ts";
import { full, limited, role } from "./reference/examples.ts";

const team: Limit = { scope: "team", where: [] };
const source = {
  permissions: ["see", "See", "edit"].map((key) => ({ key, implies: key === "edit" ? ["see"] : [] })),
  attributes: [],
  roles: [
    role("helper", { grants: [limited("see", team), limited("edit", team)] }),
    role("viewer", { grants: full("see") }),
    role("hidden", { inherits: ["nothing"] }),
    role("nothing", { blocking: true }),
  ],
};
const expressible = { ...source, aliases: [{ key: "all", permissions: ["see", "edit"] }] };
const explain = (text: string) => explainRoleExpression(parseRoleExpression(text, expressible), source);

test("an entry in another case counts only where it can mean one thing", () => {
  expect(parseRoleExpression("SEE", expressible).unknown).toMatchObject([{ entry: "SEE" }]);
  expect(parseRoleExpression("See,see,VIEWER", expressible)).toMatchObject({
    roles: ["viewer"],
    permissions: ["See", "see"],
    unknown: [],
  });
});

test("an entry adds a permission that was limited before, and only then", () => {
  const { entries, rights } = explain("helper,viewer,see,helper,edit");
  expect(entries.map(({ adds }) => adds)).toEqual([["see", "edit"], ["see"], [], [], ["edit"]]);
  expect([...rights]).toEqual([
    ["see", []],
    ["edit", []],
  ]);
  expect([...explain("helper").rights]).toEqual([
    ["see", [team, team]],
    ["edit", [team]],
  ]);
});

test("a block is seen through the roles that inherit it", () => {
  const { entries, rights } = explain("viewer,hidden");
  expect(entries.map(({ blocks }) => blocks)).toEqual([false, true]);
  expect(rights.size).toBe(0);
});
