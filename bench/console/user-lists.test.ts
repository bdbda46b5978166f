import { describe, expect, test } from "vitest";
import { listInFlight, listInHtml, listOfBetterAuth, showsList, wrongList } from "./user-lists.ts";

const wanted = { names: ["ada", "bea", "cem"], total: "3 users" };

describe("a list that a server answers", () => {
  test("is right when every row and the total are", () => {
    expect(wrongList({ ...wanted }, wanted)).toBeUndefined();
  });

  test.each([
    ["a row is missing", { ...wanted, names: ["ada", "bea"] }, "2 rows, not 3"],
    ["two rows have changed places", { ...wanted, names: ["bea", "ada", "cem"] }, "row 1 is bea, not ada"],
    ["the last row is another", { ...wanted, names: ["ada", "bea", "dan"] }, "row 3 is dan, not cem"],
    ["the total is another", { ...wanted, total: "4 users" }, "it says 4 users, not 3 users"],
    ["nothing was found in it", { names: [], total: undefined }, "0 rows, not 3"],
  ])("is wrong when %s", (_, shown, why) => {
    expect(wrongList(shown, wanted)).toBe(why);
  });

  test("is wrong when the server answers something else", () => {
    const check = showsList(listOfBetterAuth, { names: ["ada@example.com"], total: "1" });
    const answer = (status: number, body: object) => ({
      status,
      headers: {},
      text: JSON.stringify(body),
      bytes: 0,
    });
    expect(check(answer(200, { users: [{ email: "ada@example.com" }], total: 1 }))).toBeUndefined();
    expect(check(answer(500, { users: [{ email: "ada@example.com" }], total: 1 }))).toBe("answered 500");
    // What Better Auth says when its database fails.
    expect(check(answer(200, { users: [], total: 0 }))).toBe("0 rows, not 1");
  });
});

test("a page of HTML is read as people see it: rows of the table, and the sentence below it", () => {
  const row = (name: string) =>
    `<tr role="row"><th>${name}</th><td><span>${name}<wbr/>@example.com</span></td></tr>`;
  const page = `<p>7 users elsewhere</p><table><thead><tr><th>User</th></tr></thead><tbody role="rowgroup">${row("ada")}${row("bea.b2")}</tbody></table><p>about <!-- -->10,000<!-- --> <!-- -->users</p>`;
  expect(listInHtml(page)).toEqual({ names: ["ada", "bea.b2"], total: "about 10,000 users" });
  expect(listInHtml("<h1>Something went wrong</h1>")).toEqual({ names: [], total: undefined });
});

test("the data of a page is read as its table is given it", () => {
  const rows = `[{"id":"1","username":"ada","email":"a"},{"id":"2","username":"bea","email":"b"}]`;
  const flight = `9:["$","$L29",null,{"page":{"next":"x","previous":"$undefined","total":1,"capped":false,"rows":${rows}}}]`;
  expect(listInFlight(flight)).toEqual({ names: ["ada", "bea"], total: "1 user" });
  expect(listInFlight('0:{"b":"build"}')).toEqual({ names: [], total: undefined });
});
