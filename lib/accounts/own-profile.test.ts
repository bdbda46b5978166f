import { beforeAll, expect, test } from "vitest";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, person, rolesOf, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { waysIn, waysLeft } from "#test/ways-in.ts";
import { editOwnProfile, viewOwnProfile } from "./own-profile.ts";

beforeAll(() => openInstallation());

const named = { givenName: "Grace", familyName: "Hopper" };

test("anybody edits their own names and address, and nothing else of themselves", async () => {
  const user = await person({ roles: ["readonly"] });
  const call = await callAs(user);
  const sent = { ...named, email: "Grace@example.com", version: 1, username: "root", roles: ["superadmin"] };
  await runCommand(editOwnProfile, call, { ...sent, active: false, id: "another" });
  expect(await runQuery(viewOwnProfile, await callAs(user), {})).toEqual({
    id: user.id,
    username: user.username,
    email: "Grace@example.com",
    ...named,
    version: 2,
    hasPassword: true,
  });
  expect(await rolesOf(user)).toEqual(["readonly"]);
  expect(await lastEvent()).toMatchObject({
    action: "edit own profile",
    targetId: user.id,
    before: { email: user.email, givenName: "" },
    after: { email: "Grace@example.com", ...named },
  });
  expect(JSON.stringify(await lastEvent())).not.toContain("argon2");
});

test("a new address asks for a fresh proof of identity, a new name does not; links to the old address die", async () => {
  const user = await person({ roles: ["user"] });
  await waysIn(user);
  const call = await callAs(user);
  const late = { ...call, actor: { ...call.actor, provenAt: call.at.getTime() - 31 * 60_000 } };
  const proof = { code: "forbidden", reason: "proof_required" } as const;
  const moved = { ...named, email: "elsewhere@example.com", version: 1 };
  await refused(editOwnProfile, late, moved, proof);
  await runCommand(editOwnProfile, late, { ...named, email: user.email.toUpperCase(), version: 1 });
  expect((await waysLeft(user)).links).toBe(1);
  await runCommand(editOwnProfile, call, { ...moved, version: 2 });
  expect((await waysLeft(user)).links).toBe(0);
});

test("a taken address and somebody else's change in between are told, and nothing is overwritten", async () => {
  const [user, other] = [await person({ roles: ["user"] }), await person({ roles: ["user"] })];
  const call = await callAs(user);
  const taken = { ...named, email: other.email.toUpperCase(), version: 1 };
  const { fields } = await refused(editOwnProfile, call, taken, { code: "conflict", reason: "taken" });
  expect(Object.keys(fields)).toEqual(["email"]);
  const stale = { ...named, email: user.email, version: 7 };
  await refused(editOwnProfile, call, stale, { code: "conflict", reason: "edit_conflict" });
  await refused(editOwnProfile, visitor(), stale, { code: "unauthenticated", reason: "sign_in_required" });
});
