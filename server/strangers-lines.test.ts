import { connect as open } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { log } from "#lib/kernel/log.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { startSamlSignIn } from "#lib/saml/index.ts";
import { loadActor, startSession } from "#lib/sessions/index.ts";
import { person, visitor } from "#test/people.ts";
import { openSamlConsole } from "#test/saml-console.ts";

const { console, connect } = openSamlConsole();

/** What is answered to bytes as they are. */
const raw = (text: string) =>
  new Promise<string>((done) => {
    let answer = "";
    const socket = open(Number(new URL(console.origin).port), "127.0.0.1", () =>
      socket.write(text, "latin1"),
    );
    socket.on("data", (chunk) => (answer += chunk)).on("close", () => done(answer));
    onTestFinished(() => void socket.destroy());
  });
const request = (method: string, path: string, ...headers: string[]) =>
  [`${method} ${path} HTTP/1.1`, "host: x", "connection: close", ...headers, "", ""].join("\r\n");

/** Names that every object answers to, though nobody gave it any. */
const inherited = Object.getOwnPropertyNames(Object.prototype);

test("what a stranger sends makes no line of the log, and no error", async () => {
  const lines = [vi.spyOn(log(), "error"), vi.spyOn(log(), "warn")];
  const sent = [
    request("GET", "/api/health", `x-bailiwick-passport: ${"\xe9".repeat(32)}`),
    request("GET", "/sign-in", `x-bailiwick-passport: ${"\xe9".repeat(16)}`),
    ...inherited.flatMap((name) => [
      request("GET", `/api/auth/saml/company/${name}`),
      request("POST", `/api/auth/saml/company/${name.toLowerCase()}`, "content-length: 0"),
      request("GET", `/api/auth/saml/${name}/start`),
      request("GET", "/api/auth/saml/company/finish?problem=x", `cookie: bailiwick-saml=${name}.x`),
      request("GET", `/api/auth/saml/company/finish?problem=${name}`, `cookie: bailiwick-saml=test.x`),
    ]),
  ];
  const answers = await Promise.all(sent.map(raw));
  for (const [index, text] of sent.entries()) {
    const answer = answers[index] ?? "";
    expect(answer, text).toMatch(/^HTTP\/1.1 (?:200|303|404|405) /);
    expect(answer, text).toContain("content-security-policy: default-src 'self'");
    const [, location] = /^location: (.*)\r$/m.exec(answer) ?? [];
    if (location) expect(location, text).toMatch(/^\/(?:sign-in|api\/auth\/saml)/);
  }
  for (const line of lines) expect(line).not.toHaveBeenCalled();
});

/** Announces a long response and sends nothing of it: who is answered was refused before it was read. */
const announced = (slug: string) =>
  raw(
    request(
      "POST",
      `/api/auth/saml/${slug}/acs`,
      "content-type: application/x-www-form-urlencoded",
      "content-length: 500000",
    ),
  );

test("a SAML response is read only of a provider that may send one", async () => {
  expect(await announced("nobody")).toMatch(/^HTTP\/1.1 303 [\s\S]*problem=saml_off/);
  await connect({}, { enabled: false });
  expect(await announced("company")).toMatch(/^HTTP\/1.1 303 [\s\S]*problem=saml_off/);

  const { id } = await person({ roles: ["superadmin"] });
  const call = { ...visitor(), at: new Date(), origin: console.origin };
  const { token } = await database().$transaction((tx) => startSession(tx, call, id, { method: "password" }));
  const actor = await loadActor(token, call.at);
  await runCommand(startSamlSignIn, { ...call, actor }, { provider: "company", purpose: "test", next: "/" });
  const read = Promise.race([announced("company"), new Promise((wait) => setTimeout(wait, 500, "read"))]);
  expect(await read).toBe("read");
});
