import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, person, signedIn, visitor } from "#test/people.ts";
import { failure, refused } from "#test/trail.ts";
import { database } from "./database.ts";
import { defineCommand, runCommand } from "./operation.ts";
import { limits, widerTimes } from "./rate-limits.ts";

beforeAll(() => openInstallation());

const change = async () => ({
  target: { kind: "installation" as const, name: "here" },
  result: null,
});
const input = z.object({});
const own = defineCommand({ name: "touch", needs: "signedIn", input, run: change });
const other = defineCommand({ name: "touch again", needs: "enrolling", input, run: change });
const end = defineCommand({ name: "end", needs: "signedIn", protects: true, input, run: change });
const prove = defineCommand({ name: "prove", needs: "enrolling", protects: true, input, run: change });
const administrators = defineCommand({ name: "touch all", needs: "manageUsers", input, run: change });
const limited = { code: "rate_limited", reason: "too_many_attempts" } as const;
const most = limits.ownActs.points;

const rowsOf = (id: string) => database().auditEvent.count({ where: { actorId: id, outcome: "done" } });
const touch = async (token: string, command = own) => runCommand(command, await callWith(token), {});

test("B06: what people do to their own account comes to an end, of each session and of all of theirs", async () => {
  const who = await person({ roles: ["user"] });
  const sessions = [];
  for (let number = 0; number < widerTimes + 2; number++) sessions.push(await signedIn(who));
  const [first = "", second = ""] = sessions;
  for (let turn = 0; turn < most; turn++) await touch(first, turn % 2 ? own : other);
  await refused(own, await callWith(first), {}, limited);
  await refused(other, await callWith(first), {}, limited);
  // A stolen cookie uses up its own session's alone, however often it is tried.
  for (let turn = 0; turn < most; turn++) await failure(touch(first));
  await touch(second);
  for (const token of sessions.slice(1))
    for (let turn = 0; turn < most; turn++) await touch(token).catch(() => {});
  expect(await rowsOf(who.id)).toBe(most * widerTimes);
});

test("B06: what protects an account is bounded by session alone: a new one can do it, whatever the others used up", async () => {
  const who = await person({ roles: ["user"] });
  const sessions = [];
  for (let number = 0; number < widerTimes + 2; number++) sessions.push(await signedIn(who));
  for (const token of sessions) {
    for (let turn = 0; turn < most; turn++) await touch(token).catch(() => {});
    for (let turn = 0; turn < limits.ownProtection.points; turn++) await touch(token, turn % 2 ? end : prove);
    await refused(end, await callWith(token), {}, limited);
    await refused(prove, await callWith(token), {}, limited);
  }
  const fresh = await signedIn(who);
  await refused(own, await callWith(fresh), {}, limited);
  await touch(fresh, end);
  await touch(fresh, prove);
});

test("what asks for a capability has no such limit, and nobody uses up another's", async () => {
  const owner = await signedIn(await person({ roles: ["superadmin"] }));
  for (let turn = 0; turn <= most; turn++) await touch(owner, administrators);
  await touch(owner);
  await runCommand(own, await callAs(await person({ roles: ["user"] })), {});
  expect(await failure(runCommand(own, visitor(), {}))).toMatchObject({ reason: "sign_in_required" });
});
