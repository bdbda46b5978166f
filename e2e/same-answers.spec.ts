import { askResetLink } from "#lib/accounts/index.ts";
import { database } from "#lib/kernel/database.ts";
import { openMailServer } from "#test/mail-server.ts";
import { password, person } from "#test/people.ts";
import { expect, test } from "./fixtures.ts";
import { type Answer, sendForm, serverActions } from "./forge.ts";

const origin = "https://console.example.com";
const mailPort = 20_000 + (process.pid % 10_000);
test.use({
  settings: {
    BAILIWICK_URL: origin,
    SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
    MAIL_FROM: "console@example.com",
  },
});

/** All of an answer but what differs from request to request: nonces, ids, the time, and the name that was sent. */
function bare({ status, headers, text }: Answer, name: string) {
  const nonce = /nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1] ?? "";
  const cleaned = (part: string) =>
    part
      .replaceAll(nonce, "nonce")
      .replaceAll(name, "name")
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "id");
  const lines = [...headers].filter(([key]) => key !== "date" && key !== "x-request-id");
  return { status, headers: lines.map(([key, value]) => `${key}: ${cleaned(value)}`), text: cleaned(text) };
}

test("signing in and asking for a link answer with the same bytes, whoever it is about; the mail comes afterwards", async ({
  installation,
}) => {
  const mails = await openMailServer(mailPort);
  const known = await person({ roles: ["user"], username: "known.person" });
  await person({ roles: ["user"], username: "shut.out.one", active: false });
  const without = await person({ roles: ["user"], username: "without.word" });
  await database().user.update({ where: { id: without.id }, data: { passwordHash: null } });
  const actions = await serverActions();
  for (const [action, path] of [
    ["signInForm", "/sign-in"],
    ["askResetLinkForm", "/reset-password"],
  ] as const) {
    const answers = [];
    for (const identifier of ["known.person", "nobody.there", "shut.out.one", "without.word"]) {
      const word = identifier === "known.person" ? "not this one, I fear" : password;
      const fields = Object.entries({ identifier, password: word });
      const form = { url: installation.address + path, action: actions.get(action) ?? "", fields };
      answers.push(bare(await sendForm(form, { origin }), identifier));
    }
    expect(answers[0]?.text).toMatch(
      action === "signInForm" ? /"reason":"bad_credentials"/ : new RegExp(`"done":"${askResetLink.name}"`),
    );
    for (const other of answers.slice(1)) expect(other).toEqual(answers[0]);
  }
  await expect.poll(() => mails.received.length).toBe(1);
  expect(mails.received.flatMap(({ to }) => to)).toEqual([known.email]);
  await mails.close();
});
