import { describe, expect, test } from "vitest";
import { breaches, renewed } from "./budgets.ts";

const budget = { "/users": { statements: 15, html: 200_000 } };

describe("what is counted against a budget", () => {
  test("is right when nothing changed, and when bytes moved by less than one in a hundred", () => {
    expect(breaches(budget, { "/users": { statements: 15, html: 201_900 } })).toEqual([]);
    expect(breaches(budget, { "/users": { statements: 15, html: 198_100 } })).toEqual([]);
  });

  test.each([
    ["rose", { statements: 16, html: 200_000 }, /^\/users: statements rose from 15 to 16/],
    ["fell", { statements: 14, html: 200_000 }, /^\/users: statements fell from 15 to 14: lower the budget/],
    ["bytes rose", { statements: 15, html: 202_100 }, /^\/users: html rose from 200000 to 202100/],
    ["bytes fell", { statements: 15, html: 197_900 }, /^\/users: html fell/],
    ["is new", { statements: 15, html: 200_000, js: 1 }, /^\/users: 1 js, and no budget/],
    ["is gone", { statements: 15 }, /^\/users: has a budget of html, but nothing counts it/],
  ])("is wrong when a number %s", (_how, counts: Record<string, number>, words) => {
    expect(breaches(budget, { "/users": counts })).toEqual([expect.stringMatching(words)]);
  });

  test("is wrong when a page is new or gone", () => {
    const [fresh, ...gone] = breaches(budget, { "/roles": { statements: 1 } });
    expect(fresh).toMatch(/^\/roles: 1 statements, and no budget/);
    expect(gone).toHaveLength(2);
  });
});

test("a renewed budget keeps what is about the same, drops what is gone, and stands in order", () => {
  const counted = { "/users": { statements: 14, html: 201_900 }, "/a": { statements: 1 } };
  const wanted = { "/a": { statements: 1 }, "/users": { statements: 14, html: 200_000 } };
  expect(JSON.stringify(renewed(budget, counted))).toBe(JSON.stringify(wanted));
});
