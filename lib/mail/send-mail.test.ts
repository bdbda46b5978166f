import { afterAll, beforeAll, expect, test } from "vitest";
import { env } from "#lib/kernel/env.ts";
import { registry } from "#lib/kernel/registry.ts";
import { openMailServer, plainText, type Received } from "#test/mail-server.ts";
import { resetMail, sendMail, sendsMail } from "./index.ts";

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

test("without a mail server nothing pretends to send", async () => {
  Object.assign(registry(), { env: { ...env(), mail: undefined } });
  expect(sendsMail()).toBe(false);
  await expect(sendMail({ to: "a@example.com", subject: "", text: "" })).rejects.toThrow(/No mail server/);
});
