import { expect, test } from "vitest";
import { setupRedirect } from "./setup-redirect.ts";

test("while nobody has an account, pages lead to the set-up page, and what that page needs does not", async () => {
  const leads = setupRedirect(async () => false);
  for (const path of ["/", "/sign-in", "/settings/users", "/setupx", "/settings/icon.svg"]) {
    expect(await leads(path), path).toBe(true);
  }
  for (const path of ["/setup", "/_next/static/a.js", "/api/auth/session", "/icon.svg", "/favicon.ico"]) {
    expect(await leads(path), path).toBe(false);
  }
});

test("a yes of the database is remembered for good, a no is not", async () => {
  const answers = [false, true];
  let asked = 0;
  const leads = setupRedirect(async () => {
    asked += 1;
    return answers.shift() ?? false;
  });
  expect(await leads("/")).toBe(true);
  expect(await leads("/")).toBe(false);
  expect(await leads("/")).toBe(false);
  expect(asked).toBe(2);
});
