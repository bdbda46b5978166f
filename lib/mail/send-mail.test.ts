import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { log } from "#lib/kernel/log.ts";
import { rowKey } from "#lib/kernel/rate-limit.ts";
import { limits } from "#lib/kernel/rate-limits.ts";
import { registry } from "#lib/kernel/registry.ts";
import { openInstallation } from "#test/installation.ts";
import { openMailServer, plainText, type Received } from "#test/mail-server.ts";
import { type Mail, resetMail, sendMail, sendsMail } from "./index.ts";

beforeAll(() => openInstallation());

let received: Received[];
let close: () => Promise<void>;
beforeAll(async () => {
  ({ received, close } = await openMailServer());
});
afterAll(() => close());

const link = "https://console.example.com/reset-password?token=abc_def-123";

test("a mail arrives at the one stored address, from the set sender, with the link in one piece", async () => {
  expect(sendsMail()).toBe(true);
  await sendMail(resetMail({ to: "Ada@example.com", username: "ada", link, asked: true }));
  expect(received.at(-1)).toMatchObject({ from: "console@example.com", to: ["Ada@example.com"] });
  expect(received.at(-1)?.text).toMatch(/^From: Bailiwick <console@example.com>/m);
  expect(received.at(-1)?.text).toMatch(/^Subject: Choose a new password/m);
  expect(received.map(plainText).at(-1)).toContain(link);
});

test.each([
  '"a@evil.example"@example.com',
  "a@example.com,b@evil.example",
  "a@example.com\r\nRCPT TO:<b@evil.example>",
])("an address that tries to be more than one does not reach a second mailbox: %j", async (to) => {
  const before = received.length;
  await sendMail(resetMail({ to, username: "ada", link, asked: false })).catch(() => {});
  for (const { to: recipients } of received.slice(before)) {
    expect(recipients).toHaveLength(1);
    expect(recipients.join()).not.toMatch(/^[^"]*@evil\.example$/);
  }
});

test("one address gets so many of a kind an hour, whatever its spelling; other kinds and people still arrive", async () => {
  const mail = { kind: "access" as const, subject: "", text: "" };
  const sent: boolean[] = [];
  for (let turn = 0; turn < limits.mailTo.points + 3; turn++)
    sent.push(await sendMail({ ...mail, to: turn % 2 ? "flooded@example.com" : "Flooded@Example.com" }));
  expect(sent.filter(Boolean)).toHaveLength(limits.mailTo.points);
  const before = received.length;
  expect(await sendMail({ ...mail, to: "flooded@example.com" })).toBe(false);
  expect(received).toHaveLength(before);
  expect(await sendMail({ ...mail, kind: "notice", to: "flooded@example.com" })).toBe(true);
  expect(await sendMail({ ...mail, to: "other@example.com" })).toBe(true);
});

test("one person makes the console send so many an hour, to whomever", async () => {
  const mail = { kind: "access" as const, by: "somebody", subject: "", text: "" };
  const key = rowKey("mailBy", "somebody");
  const expire = new Date(Date.now() + 60_000);
  await database().rateLimit.create({ data: { key, points: limits.mailBy.points - 1, expire } });
  expect(await sendMail({ ...mail, to: "one@example.com" })).toBe(true);
  expect(await sendMail({ ...mail, to: "two@example.com" })).toBe(false);
  expect(await sendMail({ ...mail, by: "another", to: "two@example.com" })).toBe(true);
});

describe("a server that takes no mail", () => {
  const lines: object[] = [];
  beforeEach(() => {
    registry().slots.delete("first in");
    lines.length = 0;
    vi.spyOn(log(), "error").mockImplementation((facts) => void lines.push(facts as object));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    registry().slots.delete("mail transport");
  });
  const kinds = ["reset link", "notice", "access", "address", "sign-up"] as const;
  const send = (kind: Mail["kind"]) =>
    sendMail({ to: `ada-${kind.replace(" ", "-")}@example.com`, kind, subject: "Private", text: "secret" });
  const pointTo = (server: string) => {
    registry().slots.delete("mail transport");
    Object.assign(registry(), { env: { ...env(), mail: { server, from: "console@example.com" } } });
  };

  test("is one line a minute for each cause, and nobody's error", async () => {
    pointTo("smtp://console:password@127.0.0.1:1");
    for (const kind of kinds) expect(await send(kind)).toBe(false);
    const why = expect.stringContaining("ECONNREFUSED");
    expect(lines).toEqual([{ where: "mail", kind: "reset link", server: "127.0.0.1:1", step: "CONN", why }]);
    expect(JSON.stringify(lines)).not.toMatch(/ada|Private|secret|password|reference/);
  });

  test("is quoted with its numbers alone: its words name the recipient", async () => {
    const picky = new SMTPServer({
      disabledCommands: ["AUTH", "STARTTLS"],
      onRcptTo: ({ address }, _session, done) =>
        done(Object.assign(new Error(`5.1.1 <${address}> is unknown here`), { responseCode: 550 })),
    });
    picky.listen(0, "127.0.0.1");
    await once(picky.server, "listening");
    const { port } = picky.server.address() as AddressInfo;
    pointTo(`smtp://127.0.0.1:${port}`);
    for (const kind of kinds) expect(await send(kind)).toBe(false);
    expect(lines).toMatchObject([{ step: "RCPT TO", why: expect.stringMatching(/ 550 5\.1\.1$/) }]);
    expect(JSON.stringify(lines)).not.toContain("@");
    await new Promise<void>((resolve) => picky.close(resolve));
  });
});

test("without a mail server nothing pretends to send", async () => {
  Object.assign(registry(), { env: { ...env(), mail: undefined } });
  expect(sendsMail()).toBe(false);
  await expect(sendMail({ to: "a@example.com", kind: "notice", subject: "", text: "" })).rejects.toThrow(
    /No mail server/,
  );
});
