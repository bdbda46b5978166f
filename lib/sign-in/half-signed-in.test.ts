import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { resetFactors } from "#lib/second-factor/index.ts";
import { updateUser } from "#lib/users/index.ts";
import { depth } from "#test/depth.ts";
import { enrolTotp } from "#test/factors.ts";
import { openInstallation } from "#test/installation.ts";
import {
  callAs,
  callWith,
  type Person,
  passTime,
  password,
  person,
  visitor,
  visitorWith,
} from "#test/people.ts";
import { signIn } from "./sign-in.ts";
import { signInWithCode } from "./sign-in-with-code.ts";

beforeAll(() => openInstallation());

const steps = [
  "password",
  "wrong password",
  "code",
  "spent code",
  "wrong code",
  "recovery code",
  "spent recovery code",
  "other's ticket",
  "device",
  "deactivate",
  "activate",
  "reset factors",
  "wait",
] as const;
type Step = (typeof steps)[number];

/** What anybody with some of the secrets can try, in any order; and what the rules say about each try. */
async function play(sequence: readonly Step[]) {
  const who = await person({ roles: ["user"] });
  const other = await person({ roles: ["user"] });
  const admin = await person({ roles: ["superadmin"] });
  // Signed in anew each time: in a long sequence the proof of identity would run out.
  const asAdmin = () => callAs(admin);
  const { app, codes } = await enrolTotp(who);
  await enrolTotp(other);
  const theirs = (await runCommand(signIn, visitor(), { identifier: other.username, password })).token;

  let active = true;
  let enrolled = true;
  let version = 1;
  let ticket: { token: string; until: number } | undefined;
  let usedCode: string | undefined;
  let usedRecovery: string | undefined;
  let device: string | undefined;
  const everyTicket: string[] = [theirs];

  const edit = (on: boolean) => ({ ...names(who), active: on, version: version++ });
  const second = async (input: object) =>
    session(runCommand(signInWithCode, visitor(), { ticket: ticket?.token, remember: true, ...input }));

  for (const step of sequence) {
    await database().rateLimit.deleteMany({});
    passTime(31);
    const at = visitor().at;
    const good = ticket !== undefined && active && enrolled && at.getTime() < ticket.until;
    if (step === "wait") passTime(500);
    if (step === "deactivate" || step === "activate") {
      const on = step === "activate";
      await runCommand(updateUser, await asAdmin(), edit(on));
      if (active && !on) [ticket, device] = [undefined, undefined];
      active = on;
    }
    if (step === "reset factors") {
      const done = await session(runCommand(resetFactors, await asAdmin(), { id: who.id }));
      expect(done !== undefined).toBe(enrolled);
      if (enrolled) [ticket, device, enrolled] = [undefined, undefined, false];
    }
    if (step === "wrong password") {
      const input = { identifier: who.username, password: "not this one, I fear" };
      expect(
        await session(runCommand(signIn, visitorWith(...(device ? [device] : [])), input)),
      ).toBeUndefined();
    }
    if (step === "password" || step === "device") {
      const known = step === "device" ? device : undefined;
      const input = { identifier: who.username, password };
      const done = await session(runCommand(signIn, visitorWith(...(known ? [known] : [])), input));
      const expected = !active ? undefined : enrolled && !known ? "ticket" : "session";
      expect(done?.kind).toBe(expected);
      if (done?.kind === "ticket") {
        ticket = { token: done.token, until: done.expiresAt.getTime() };
        everyTicket.push(done.token);
      }
    }
    if (step === "code" || step === "spent code") {
      const fresh = app.codeAt(visitor().at);
      const code = step === "code" ? fresh : (usedCode ?? "000000");
      const done = await second({ code });
      expect(done !== undefined).toBe(step === "code" && good);
      if (done) [ticket, usedCode, device] = [undefined, code, done.browser];
    }
    if (step === "recovery code" || step === "spent recovery code") {
      const code = step === "recovery code" ? codes.at(-1) : usedRecovery;
      const done = await second({ code: code ?? "none" });
      expect(done !== undefined).toBe(step === "recovery code" && good && code !== undefined);
      if (done) [ticket, usedRecovery, device] = [undefined, codes.pop(), done.browser];
    }
    if (step === "wrong code") expect(await second({ code: "12345" })).toBeUndefined();
    if (step === "other's ticket") {
      const code = app.codeAt(visitor().at);
      expect(await session(runCommand(signInWithCode, visitor(), { ticket: theirs, code }))).toBeUndefined();
    }
    // Whatever happened: what the password alone gives opens nothing.
    for (const token of everyTicket) expect((await callWith(token)).actor).toEqual({ kind: "anonymous" });
  }
}

const names = ({ id, email }: Person) => ({ id, email, givenName: "", familyName: "", roles: ["user"] });

/** What came of a try; undefined when a rule refused it. */
async function session<T>(attempt: Promise<T>): Promise<T | undefined> {
  return attempt.catch((error: unknown) => {
    if (error instanceof AppError) return undefined;
    throw error;
  });
}

test("P54: in no order of steps does anything but password and factor together make a session", async () => {
  const sequences = fc.array(fc.constantFrom(...steps), { minLength: 3, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(sequences, (sequence) => play(sequence)),
    { numRuns: depth("signInOrders"), endOnFailure: true },
  );
});
