import { describe, expect, test } from "vitest";
import { listOfBetterAuth, showsList, wrongList } from "./user-lists.ts";

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
