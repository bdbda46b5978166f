import { beforeAll, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { issueResetLink } from "#lib/passwords/index.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { resetPasswordByLink } from "#lib/users/index.ts";
import { onAnotherInstance, openInstallation } from "#test/installation.ts";
import { callAs, nextInstant, password, person, visitor } from "#test/people.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import { noWayLeft, waysIn, waysLeft } from "#test/ways-in.ts";
import { checkResetLink, redeemResetLink } from "./redeem-reset-link.ts";

beforeAll(() => openInstallation());

const secret = "seven green bottles of ink";
const badLink = { code: "forbidden", reason: "bad_reset_link" } as const;
const linkFor = ({ id }: { id: string }, at = nextInstant()) =>
  database().$transaction((tx) => issueResetLink(tx, id, at));

let from = 0;
/** Each from an address of their own: links are counted by address. */
const guest = () => visitor(`203.0.113.${++from}`);

test("a link opens the form, sets the password, ends every way in and starts no session", async () => {
  const user = await person({ roles: ["user"] });
  const { link } = await waysIn(user);
  expect(await runQuery(checkResetLink, guest(), { token: link })).toMatchObject({ username: user.username });
  const sessions = await database().session.count({ where: { userId: user.id } });
  const result = await runCommand(redeemResetLink, guest(), { token: link, password: secret });
  expect(result).toEqual({ username: user.username, browser: expect.any(String) });
  expect(await waysLeft(user)).toEqual(noWayLeft);
  expect(await database().session.count({ where: { userId: user.id } })).toBe(sessions);
  expect(await lastEvent()).toMatchObject({
    action: "choose password with link",
    outcome: "done",
    actorKind: "anonymous",
    targetId: user.id,
    after: { sessionsEnded: 2, devicesForgotten: 1 },
  });
  expect(JSON.stringify(await lastEvent())).not.toMatch(/argon2|seven green/);
  await runCommand(signIn, visitor(), { identifier: user.username, password: secret });
});

test("only a hash of the link is kept", async () => {
  const user = await person({ roles: ["user"] });
  const token = await linkFor(user);
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
  const rows = await database().$queryRaw<unknown[]>`SELECT t::text FROM one_time_tokens t`;
  expect(JSON.stringify(rows)).not.toContain(token);
});

test("wrong, used, replaced, too old and of an inactive user: one answer", async () => {
  const user = await person({ roles: ["user"] });
  const replaced = await linkFor(user);
  const used = await linkFor(user);
  await runCommand(redeemResetLink, guest(), { token: used, password: secret });
  const old = await linkFor(
    await person({ roles: ["user"] }),
    new Date(nextInstant().getTime() - 60 * 60_000),
  );
  const inactive = await person({ roles: ["user"], active: false });
  const shut = await linkFor(inactive);
  const answers = [];
  for (const token of ["", "nonsense", used, replaced, old, shut]) {
    expect(await runQuery(checkResetLink, guest(), { token })).toBeUndefined();
    const input = { token, password: "four brown owls by the lake" };
    const { code, reason, message, fields, details } = await refused(
      redeemResetLink,
      guest(),
      input,
      badLink,
    );
    answers.push({ code, reason, message, fields, details });
  }
  expect(answers).toEqual(Array(answers.length).fill(answers[0]));
});

test("it works for an hour, to the second", async () => {
  const user = await person({ roles: ["user"] });
  const at = nextInstant();
  const token = await linkFor(user, at);
  const later = (milliseconds: number) => ({ ...guest(), at: new Date(at.getTime() + milliseconds) });
  expect(await runQuery(checkResetLink, later(60 * 60_000), { token })).toBeUndefined();
  expect(await runQuery(checkResetLink, later(60 * 60_000 - 1), { token })).toBeDefined();
});

test("a weak password does not spend the link", async () => {
  const user = await person({ roles: ["user"] });
  const token = await linkFor(user);
  const weak = { code: "invalid", reason: "weak_password" } as const;
  await refused(redeemResetLink, guest(), { token, password: "too short" }, weak);
  await runCommand(redeemResetLink, guest(), { token, password: secret });
});

test("twenty redemptions at once: one gets through, and its password is the one that holds", async () => {
  const user = await person({ roles: ["user"] });
  const token = await linkFor(user);
  const wish = (index: number) => `four brown owls number ${index} sang`;
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      runCommand(redeemResetLink, visitor(`198.51.100.${index}`), { token, password: wish(index) }),
    ),
  );
  const winners = results.flatMap(({ status }, index) => (status === "fulfilled" ? [index] : []));
  expect(winners).toHaveLength(1);
  const refusals = results.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  for (const refusal of refusals) expect(refusal).toMatchObject({ reason: "bad_reset_link" });
  await runCommand(signIn, visitor(), { identifier: user.username, password: wish(winners[0] ?? -1) });
  expect(await database().formerPassword.count({ where: { userId: user.id } })).toBe(1);
});

test("used up before a restart, it stays used up", async () => {
  const user = await person({ roles: ["user"] });
  const token = await linkFor(user);
  await runCommand(redeemResetLink, guest(), { token, password: secret });
  await onAnotherInstance(() =>
    refused(redeemResetLink, guest(), { token, password: "four brown owls by the lake" }, badLink),
  );
});

test("after a reset by link the old password does not come back through the link", async () => {
  const user = await person({ roles: ["user"] });
  const call = await callAs(await person({ roles: ["admin"] }));
  const { token } = await runCommand(resetPasswordByLink, call, { id: user.id });
  const reused = { code: "invalid", reason: "password_reused" } as const;
  await refused(redeemResetLink, guest(), { token, password }, reused);
  await runCommand(redeemResetLink, guest(), { token, password: secret });
});

test("one address tries 20 links in a quarter of an hour at most", async () => {
  const busy = () => visitor("192.0.2.77");
  for (let count = 0; count < 20; count++) {
    const error = await failure(runCommand(redeemResetLink, busy(), { token: "guess", password: secret }));
    expect(error).toMatchObject({ reason: badLink.reason });
  }
  const limited = { code: "rate_limited", reason: "too_many_attempts" } as const;
  await refused(redeemResetLink, busy(), { token: "guess", password: secret }, limited);
});
