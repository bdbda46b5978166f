import type { z } from "zod";
import type { Call } from "#lib/kernel/call.ts";
import type { Command } from "#lib/kernel/operation.ts";
import type { AnyCommand } from "#test/operations.ts";
import { callAs, person } from "#test/people.ts";

/** A command that succeeds: who runs it, and with what. Everything that it needs is made first, and not counted. */
export interface Example {
  command: AnyCommand;
  /** Name of the catalogue that has what the command is about. */
  catalogue: string;
  /** The command works on as many rows as it is told: it is run with one, and with twenty. */
  many: boolean;
  make(rows: number): Promise<readonly [Call, unknown]>;
}

type Make<I extends z.ZodType> = (rows: number) => Promise<readonly [Call, z.input<I>]>;

const example =
  (many: boolean) =>
  <I extends z.ZodType, R, P>(command: Command<I, R, P>, make: Make<I>, catalogue = "patchmon"): Example => ({
    command: command as unknown as AnyCommand,
    catalogue,
    many,
    make,
  });

/** What a command does once. */
export const once = example(false);
/** What a command does to so many rows. */
export const ofMany = example(true);

/** The request of an administrator who may do everything. */
export const asOwner = async (role = "superadmin"): Promise<Call> => callAs(await person({ roles: [role] }));

export const someone = (role = "user") => person({ roles: [role] });

export async function several<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let number = 0; number < count; number += 1) made.push(await make());
  return made;
}
