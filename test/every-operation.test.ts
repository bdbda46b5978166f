import { beforeAll, describe, expect, test } from "vitest";
import { type Call, systemCall } from "#lib/kernel/call.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { openInstallation } from "./installation.ts";
import { type AnyCommand, type AnyQuery, operations } from "./operations.ts";
import { callAs, customRole, person, visitor } from "./people.ts";
import { stored } from "./stored.ts";
import { failure } from "./trail.ts";

let outsider: Call;
beforeAll(async () => {
  const close = await openInstallation();
  outsider = await callAs(await person({ roles: [await customRole("nothing_at_all", [])] }));
  return close;
});

const guarded = operations.filter(({ needs }) => needs !== "public");

const unread = () => {
  throw new Error("what was sent was read");
};
const garbage = [
  unread,
  undefined,
  null,
  7,
  "text",
  [],
  { nonsense: true },
  { id: 7, roles: "admin", version: -1 },
];

test("names are unique and say what is done, in lower case", () => {
  const names = operations.map(({ name }) => name);
  expect(operations.length).toBeGreaterThan(12);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z -]+$/);
});

test("what anybody may do is short and known", () => {
  const open = operations.filter(({ needs }) => needs === "public").map(({ name }) => name);
  expect(open.sort()).toEqual([
    "accept saml response",
    "ask for passkey",
    "ask for reset link",
    "ask for sign-up link",
    "ask for the password rules",
    "ask how to sign in",
    "ask whether a saml response may come",
    "ask whether reset links are sent",
    "ask whether sign-up is open",
    "check email address link",
    "check reset link",
    "check set-up link",
    "check sign-up link",
    "choose password with link",
    "confirm new email address",
    "redeem saml ticket",
    "set up installation",
    "sign in",
    "sign in with passkey",
    "sign in with password and passkey",
    "sign in with second factor",
    "sign up",
    "start saml sign-in",
    "view second step of sign-in",
  ]);
});

describe.each(guarded.map((one) => [one.name, one] as const))("%s", (_name, operation) => {
  test("refuses whoever lacks the right, before it looks at the input, and changes nothing", async () => {
    const refusals: [Call, string][] = [[visitor(), "unauthenticated"]];
    if (operation.needs !== "signedIn" && operation.needs !== "enrolling")
      refusals.push([outsider, "forbidden"]);
    if (operation.needs !== "system") refusals.push([systemCall("a job"), "forbidden"]);
    const before = await stored();
    for (const [call, code] of refusals)
      for (const input of garbage)
        for (const run of [
          () => runCommand(operation as AnyCommand, call, input),
          () => runQuery(operation as AnyQuery, call, input),
        ]) {
          const error = await failure(run());
          expect([error.code, error.fields]).toEqual([code, {}]);
        }
    expect(await stored()).toEqual(before);
  });
});
