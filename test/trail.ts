import { expect } from "vitest";
import type { z } from "zod";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { type Command, runCommand } from "#lib/kernel/operation.ts";
import { Prisma } from "#prisma";
import { stored } from "./stored.ts";

/** The latest row of the trail that is not the product's own doing. */
export const lastEvent = () =>
  database().auditEvent.findFirstOrThrow({ where: { door: { not: "system" } }, orderBy: { at: "desc" } });

export interface Expected {
  code: AppError["code"];
  reason: string;
  /** What the sentence has to name: an object, a count. Not how it says so. */
  message?: RegExp;
  fields?: Record<string, unknown>;
  rules?: AppError["rules"];
}

/** Runs a command that must be refused: as expected, with a row in the trail or counted in one, and with nothing else changed. */
export async function refused<I extends z.ZodType, R, P>(
  command: Command<I, R, P>,
  call: Call,
  input: unknown,
  expected: Expected,
): Promise<AppError> {
  const before = await stored();
  const rows = await refusalRows(command.name, call);
  const sum = await summed(command.name);
  const error = await failure(runCommand(command, call, input));
  const { code, reason, message, fields, rules } = error;
  expect({ code, reason, message, fields, rules }).toMatchObject({
    ...expected,
    ...(expected.message && { message: expect.stringMatching(expected.message) }),
  });
  expect(await stored()).toEqual(before);
  const added = (await refusalRows(command.name, call)).slice(rows.length);
  const counted = (await summed(command.name)).slice(sum.length);
  expect([...added, ...counted]).toEqual(code === "invalid" ? [] : [reason]);
  return error;
}

/** The error of an attempt that must fail with an expected failure, never with a bug. */
export async function failure(attempt: Promise<unknown>): Promise<AppError> {
  const error = await attempt.then(
    () => expect.fail("it was not refused"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error;
  return error;
}

/** The reasons of this request's refusals, as the trail has them. */
async function refusalRows(action: string, { actor, at, door }: Call): Promise<(string | null)[]> {
  const by = { actorKind: actor.kind, actorId: actor.kind === "user" ? actor.id : null };
  const unchanged = { before: { equals: Prisma.DbNull }, after: { equals: Prisma.DbNull } };
  const rows = await database().auditEvent.findMany({
    where: { action, at, door, outcome: "refused", ...by, ...unchanged },
  });
  return rows.map(({ reason }) => reason);
}

/** The reasons of this operation's refusals that only a counter has, one by one. */
async function summed(action: string): Promise<(string | null)[]> {
  const counters = await database().refusalCounter.findMany({
    where: { sum: { path: ["action"], equals: action } },
  });
  return counters.flatMap(({ summed: count, sum }) =>
    Array.from({ length: count }, () => (sum as { reason: string }).reason),
  );
}
