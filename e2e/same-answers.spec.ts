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
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "id")
      // Next's own name for a rendering, in the page that a redirect brings along.
      .replaceAll(/"[\w-]{21}[a-z]"/g, '"rendering"');
  const lines = [...headers].filter(([key]) => key !== "date" && key !== "x-request-id");
  return { status, headers: lines.map(([key, value]) => `${key}: ${cleaned(value)}`), text: cleaned(text) };
}

/** Every form that strangers send a name with, and by what its answer is known. */
const doors: {
  action: string;
  path: string;
  fields: (name: string, address: string) => Record<string, string>;
  says: string;
}[] = [
  {
    action: "signInForm",
    path: "/sign-in",
    fields: (identifier) => ({ identifier, password: wordOf(identifier) }),
    says: '"reason":"bad_credentials"',
  },
  {
    action: "signInForm",
    path: "/sign-in",
    fields: (name, identifier) => ({ identifier, password: wordOf(name) }),
    says: '"reason":"bad_credentials"',
  },
  {
    action: "askResetLinkForm",
    path: "/reset-password",
    fields: (identifier) => ({ identifier }),
    says: '"done":"ask for reset link"',
  },
  { action: "askSignUpForm", path: "/sign-up", fields: (_, email) => ({ email }), says: "/sign-up?sent" },
  {
    action: "signUpForm",
    path: "/sign-up",
    fields: (_, email) => ({ username: "somebody.new", email, password, token: "made.up" }),
    says: '"reason":"bad_sign_up_link"',
  },
];
const wordOf = (name: string) => (name === "known.person" ? "not this one, I fear" : password);

test("every form that strangers send answers with the same bytes, whoever it is about; the mail comes afterwards", async ({
  installation,
}) => {
  const mails = await openMailServer(mailPort);
  const known = await person({ roles: ["user"], username: "known.person" });
  await person({ roles: ["user"], username: "shut.out.one", active: false });
  const without = await person({ roles: ["user"], username: "without.word" });
  await database().user.update({ where: { id: without.id }, data: { passwordHash: null } });
  const value = { enabled: true, role: "user" };
  await database().setting.create({ data: { key: "registration", value, updatedAt: new Date() } });
  const actions = await serverActions();
  for (const { action, path, fields, says } of doors) {
    const answers = [];
    for (const name of ["known.person", "nobody.there", "shut.out.one", "without.word"]) {
      const sent = Object.entries(fields(name, `${name}@example.com`));
      const form = { url: installation.address + path, action: actions.get(action) ?? "", fields: sent };
      answers.push(bare(await sendForm(form, { origin }), name));
    }
    const [first] = answers;
    expect([...(first?.headers ?? []), first?.text].join("\n")).toContain(says);
    for (const other of answers.slice(1)) expect(other).toEqual(answers[0]);
  }
  // One reset link, and a mail about signing up to each of the four.
  await expect.poll(() => mails.received.length).toBe(5);
  const readers = mails.received.map(({ to }) => to[0]).filter((to) => to === known.email);
  expect(readers).toHaveLength(2);
  await mails.close();
});
