import { afterEach, beforeAll, expect, test } from "vitest";
import { can } from "#lib/kernel/actor.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { signOut } from "#lib/sessions/index.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { listUsers, viewOwnAccess } from "#lib/users/index.ts";
import { enrolTotp, origin, requireFactor } from "#test/factors.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, passTime, password, person, signedIn, visitor } from "#test/people.ts";
import { softPasskey } from "#test/soft-passkey.ts";
import { failure, refused } from "#test/trail.ts";
import { addPasskey, startPasskey } from "./add-passkey.ts";
import { removePasskey } from "./remove-passkey.ts";
import { removeTotp } from "./remove-totp.ts";
import { viewOwnFactors } from "./view-own-factors.ts";

beforeAll(() => openInstallation());
afterEach(() => requireFactor());

const last = { code: "conflict", reason: "last_factor", message: /\badmin\b/ } as const;

test("who holds such a role and has no factor can enrol, see their own access, sign out, and nothing else", async () => {
  const who = await person({ roles: ["admin"] });
  const token = await signedIn(who);
  await requireFactor("admin");
  const call = await callWith(token);
  expect(call.actor).toMatchObject({ mustEnrol: true });
  expect(can(call.actor, "viewUsers", call.at.getTime())).toBe(false);
  const error = await failure(runQuery(listUsers, call, {}));
  expect(error).toMatchObject({ code: "forbidden", reason: "second_factor_required" });
  await expect(runQuery(viewOwnAccess, call, {})).resolves.toBeDefined();
  expect(await runQuery(viewOwnFactors, call, {})).toMatchObject({ mustEnrol: true, requiring: ["admin"] });
  await enrolTotp(who);
  await expect(runQuery(listUsers, await callWith(token), {})).resolves.toBeDefined();
  await runCommand(signOut, await callWith(token), {});
});

test("signing out stays open to them", async () => {
  const token = await signedIn(await person({ roles: ["admin"] }));
  await requireFactor("admin");
  await runCommand(signOut, await callWith(token), {});
  expect((await callWith(token)).actor).toEqual({ kind: "anonymous" });
});

test("nobody else is held up", async () => {
  await requireFactor("admin");
  const call = await callAs(await person({ roles: ["superadmin"] }));
  await expect(runQuery(listUsers, call, {})).resolves.toBeDefined();
});

test("the last factor stays while it is asked for, whichever it is; with another it may go", async () => {
  const who = await person({ roles: ["admin"] });
  await enrolTotp(who);
  await requireFactor("admin");
  await refused(removeTotp, await callAs(who), {}, last);
  const call = { ...(await callAs(who)), origin };
  const { options } = await runCommand(startPasskey, call, {});
  await runCommand(addPasskey, call, { name: "Laptop", response: softPasskey().make(options, origin) });
  await runCommand(removeTotp, await callAs(who), {});
  const { id } = await database().passkey.findFirstOrThrow({ where: { userId: who.id } });
  await refused(removePasskey, await callAs(who), { id }, last);
  const { removeWhy } = await runQuery(viewOwnFactors, await callAs(who), {});
  expect(removeWhy).toMatch(last.message);
  await requireFactor();
  await runCommand(removePasskey, await callAs(who), { id });
});

test("two factors removed at once: one of them stays", async () => {
  for (let round = 0; round < 20; round++) {
    const who = await person({ roles: ["admin"] });
    await enrolTotp(who);
    await requireFactor();
    const call = { ...(await callAs(who)), origin };
    const { options } = await runCommand(startPasskey, call, {});
    await runCommand(addPasskey, call, { name: "Laptop", response: softPasskey().make(options, origin) });
    const { id } = await database().passkey.findFirstOrThrow({ where: { userId: who.id } });
    await requireFactor("admin");
    const both = [await callAs(who), await callAs(who)] as const;
    const results = await Promise.allSettled([
      runCommand(removeTotp, both[0], {}),
      runCommand(removePasskey, both[1], { id }),
    ]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  }
});

test("a required factor that is enrolled is asked for at the next sign-in", async () => {
  const who = await person({ roles: ["admin"] });
  await requireFactor("admin");
  const first = await runCommand(signIn, visitor(), { identifier: who.username, password });
  expect((await callWith(first.token)).actor).toMatchObject({ mustEnrol: true });
  await enrolTotp(who);
  passTime(60);
  expect((await runCommand(signIn, visitor(), { identifier: who.username, password })).kind).toBe("ticket");
});
