import { beforeEach, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { onAnotherInstance, openInstallation } from "#test/installation.ts";
import { nextInstant, person, rolesOf, visitor } from "#test/people.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import { checkSetupLink } from "./check-setup-link.ts";
import { setUp } from "./set-up.ts";
import { issueSetupToken } from "./setup-token.ts";

const secret = "seven green bottles of ink";
const owner = {
  username: "owner",
  email: "owner@example.com",
  givenName: "Olga",
  familyName: "Owner",
  password: secret,
};
const link = async (at = nextInstant()) => (await issueSetupToken(at)) ?? "";
const stateOf = (token: string) => runQuery(checkSetupLink, visitor(), { token });
const badLink = {
  code: "forbidden",
  reason: "bad_setup_token",
} as const;
const done = { code: "conflict", reason: "already_set_up" } as const;

describe("with the PatchMon catalogue", () => {
  beforeEach(() => openInstallation());

  test("P06: the first account is a superadmin, whatever role was sent", async () => {
    const sent = {
      ...owner,
      token: await link(),
      role: "readonly",
      roles: ["readonly"],
      active: false,
      id: "1",
    };
    const { id } = await runCommand(setUp, visitor(), sent);
    expect(await rolesOf({ id })).toEqual(["superadmin"]);
    const row = await database().user.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ username: "owner", name: "Olga Owner", active: true });
    await expect(
      runCommand(signIn, visitor(), { identifier: "owner", password: secret }),
    ).resolves.toBeDefined();
  });

  test("the trail says who was made, and neither password nor link", async () => {
    const token = await link();
    const { id } = await runCommand(setUp, visitor(), { ...owner, token });
    const event = await lastEvent();
    const { password: _, ...shown } = owner;
    expect(event).toMatchObject({ action: "set up installation", outcome: "done", actorKind: "anonymous" });
    expect(event).toMatchObject({
      targetKind: "installation",
      targetId: id,
      after: { ...shown, roles: ["superadmin"] },
    });
    expect(JSON.stringify(event)).not.toContain(secret);
    expect(JSON.stringify(event)).not.toContain(token);
  });

  test("afterwards set-up is closed, for every link", async () => {
    const [first, second] = [await link(), await link()];
    await runCommand(setUp, visitor(), { ...owner, token: first });
    expect([await stateOf(first), await stateOf(second), await stateOf("")]).toEqual([
      "done",
      "done",
      "done",
    ]);
    const again = { ...owner, username: "eve", email: "eve@example.com" };
    for (const token of [first, second, ""]) await refused(setUp, visitor(), { ...again, token }, done);
    expect(await issueSetupToken()).toBeNull();
    expect(await database().oneTimeToken.count()).toBe(0);
  });

  test("it is closed as well once anybody exists, however they came", async () => {
    const token = await link();
    await person({ roles: ["readonly"], active: false });
    await refused(setUp, visitor(), { ...owner, token }, done);
  });

  test("without the link's secret, or with a wrong one, nothing happens", async () => {
    const token = await link();
    expect([await stateOf(token), await stateOf("")]).toEqual(["open", "link_needed"]);
    for (const wrong of [undefined, "", token.slice(1), `${token} `, token.toUpperCase(), "%"])
      await refused(setUp, visitor(), { ...owner, token: wrong }, badLink);
    expect(await database().user.count()).toBe(0);
    expect(await stateOf(token)).toBe("open");
  });

  test("a link works for a day; a restart prints another and both work", async () => {
    const issued = nextInstant();
    const token = await link(issued);
    const day = 24 * 60 * 60_000;
    const at = (after: number) => ({ ...visitor(), at: new Date(issued.getTime() + after) });
    expect(await runQuery(checkSetupLink, at(day - 1), { token })).toBe("open");
    expect(await runQuery(checkSetupLink, at(day), { token })).toBe("link_needed");
    expect(await failure(runCommand(setUp, at(day), { ...owner, token }))).toMatchObject({
      reason: badLink.reason,
    });
    const next = await link(new Date(issued.getTime() + day));
    expect(await database().oneTimeToken.count()).toBe(1);
    await runCommand(setUp, at(day), { ...owner, token: next });
  });

  test("a link works on every instance, whichever printed it", async () => {
    const links: string[] = [];
    for (const _ of [1, 2, 3]) links.push(await onAnotherInstance(() => link()));
    links.push(await link());
    for (const token of links) {
      expect(await stateOf(token)).toBe("open");
      expect(await onAnotherInstance(() => stateOf(token))).toBe("open");
    }
    await runCommand(setUp, visitor(), { ...owner, token: links[0] });
    expect(await onAnotherInstance(() => stateOf(links[3] ?? ""))).toBe("done");
  });

  test("a link is stored as a hash, and is no link of another kind", async () => {
    const token = await link();
    const [row] = await database().$queryRaw<{ row: string }[]>`SELECT t::text AS row FROM one_time_tokens t`;
    expect(row?.row).not.toContain(token);
    await database().oneTimeToken.updateMany({ data: { kind: "invitation" } });
    await refused(setUp, visitor(), { ...owner, token }, badLink);
  });

  test("fifty at the same moment: one owner, and the others are told", async () => {
    const token = await link();
    const tries = Array.from({ length: 50 }, (_, index) => {
      const names = { username: `owner${index}`, email: `owner${index}@example.com` };
      return runCommand(setUp, visitor(`198.51.100.${index}`), { ...owner, ...names, token });
    });
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason.reason] : []));
    expect(reasons).toEqual(Array(49).fill("already_set_up"));
    expect([await database().user.count(), await database().assignment.count()]).toEqual([1, 1]);
    const events = { action: "set up installation" };
    expect(await database().auditEvent.count({ where: { ...events, outcome: "done" } })).toBe(1);
    expect(await database().auditEvent.count({ where: { ...events, outcome: "refused" } })).toBe(49);
  });

  test("guessing is slowed down by address", async () => {
    const token = await link();
    const reasons = [];
    for (let guess = 0; guess < 21; guess++)
      reasons.push(
        (await failure(runCommand(setUp, visitor(), { ...owner, token: `guess ${guess}` }))).reason,
      );
    expect(reasons).toEqual([...Array(20).fill("bad_setup_token"), "too_many_attempts"]);
    await runCommand(setUp, visitor("198.51.100.1"), { ...owner, token });
  });

  test("a weak password and wrong fields are told beside the field", async () => {
    const token = await link();
    const weak = await failure(
      runCommand(setUp, visitor(), { ...owner, token, password: "owner owner owner" }),
    );
    expect(weak).toMatchObject({ reason: "weak_password", fields: { password: [expect.any(String)] } });
    const wrong = await failure(runCommand(setUp, visitor(), { token, username: "o", email: "o" }));
    expect(Object.keys(wrong.fields).sort()).toEqual(["email", "password", "username"]);
    expect(await stateOf(token)).toBe("open");
  });
});

describe("with the Uptrakit catalogue", () => {
  beforeEach(() => openInstallation("uptrakit"));

  test("U03 by password: the first user receives all 8 roles, whatever was sent", async () => {
    const { id } = await runCommand(setUp, visitor(), { ...owner, token: await link(), roles: ["viewer"] });
    const all = await database().role.findMany({ where: { builtIn: true } });
    expect(await rolesOf({ id })).toEqual(all.map(({ key }) => key).sort());
    expect(all).toHaveLength(8);
    expect(await database().assignment.groupBy({ by: ["source"] })).toEqual([{ source: "setup" }]);
  });
});
