import type { z } from "zod";
import type { Capability } from "#lib/access/index.ts";
import { type Actor, isProven, mayRun, type Requirement, reachesSomething } from "./actor.ts";
import { doAfterwards } from "./afterwards.ts";
import { type Target, writeAudit } from "./audit.ts";
import type { Call } from "./call.ts";
import { callerOf } from "./caller.ts";
import {
  AccessLockNeeded,
  database,
  lockAccess,
  type Reader,
  reading,
  type Tx,
  transaction,
} from "./database.ts";
import { AppError, type FieldErrors, type FieldRules } from "./errors.ts";
import { type Bound, takeOwnAct } from "./own-acts.ts";
import { recordRefusal } from "./record-refusal.ts";
import { recordRefusedRead } from "./record-refused-read.ts";
import { syncedRefusal } from "./role-sync.ts";

/** What every body gets. `actor` is the one in `call`, for short; `at` is epoch milliseconds. */
export interface Context {
  call: Call;
  actor: Actor;
  at: number;
}

interface Operation<Input extends z.ZodType> {
  /** In an administrator's words, verb first: it is the action in the audit trail. */
  name: string;
  /** Several capabilities: all of them. */
  needs: Requirement | readonly [Capability, ...Capability[]];
  /** Asks people to confirm who they are when their last proof is too old. */
  dangerous?: boolean;
  /** Changes users or roles in a way that is the identity provider's while role sync is on. */
  refusedUnderSync?: boolean;
  input: Input;
}

/** Reads. It has no way to write. */
export interface Query<Input extends z.ZodType, Result> extends Operation<Input> {
  /** Also lets in whoever holds the capability within limits: the body shows them what `reachOf` reaches, and no more. */
  evenLimited?: boolean;
  run(context: Context & { reader: Reader }, input: z.output<Input>): Promise<Result>;
}

/** What a command did: the audit row, and the answer for the door. */
export interface Change<Result> {
  target: Target;
  before?: object;
  after?: object;
  result: Result;
  /** What follows once the change holds, and cannot fail it: a mail. */
  afterwards?: (() => Promise<void>) | undefined;
}

/** Writes, in one transaction with its audit row, and with the actor's rights as they are when it begins. */
export interface Command<Input extends z.ZodType, Result, Prepared = void> extends Operation<Input> {
  /**
   * Touches who may do what: runs alone, over all instances.
   * Sometimes: `run` begins without the lock, and where it finds that access changes (`needAccess`) it is undone and runs
   * once more, alone. What it found without the lock has to stay true until it commits: lock the rows that it went by.
   * test/access-lock.test.ts has the reason of each.
   */
  changesAccess?: true | "sometimes";
  /** Nobody waits for the answer: it may take minutes. */
  patient?: boolean;
  /** What keeps it from being done for ever, where neither a capability nor the budget of own acts does. */
  boundBy?: Bound;
  /** An act on one's own account that ends an attack on it or guards against one. See own-acts.ts. */
  protects?: true;
  /** A step that whoever asks may begin and never end: no row says that it was done, what it leads to has one. */
  mereStep?: boolean;
  /**
   * Slow work that changes nothing (hashing), done before the transaction holds a connection.
   * `concerns` names whom a refusal from here on is about, when it had to be looked up.
   */
  prepare?(
    context: Context & { reader: Reader; concerns: (target: Target) => void },
    input: z.output<Input>,
  ): Promise<Prepared>;
  run(context: Context & { tx: Tx }, input: z.output<Input>, prepared: Prepared): Promise<Change<Result>>;
  /** Whom a refusal was about, when the input alone says so. */
  about?(input: z.output<Input>): Target;
}

export const defineQuery = <I extends z.ZodType, R>(query: Query<I, R>): Query<I, R> => query;
export const defineCommand = <I extends z.ZodType, R, P = void>(
  command: Command<I, R, P>,
): Command<I, R, P> => command;

/** @param raw what was sent, or what reads it: that is called when the caller is known to be admitted, and not before */
export async function runQuery<I extends z.ZodType, R>(
  query: Query<I, R>,
  call: Call,
  raw: unknown,
): Promise<R> {
  try {
    admit(query, call, query.evenLimited);
    const input = parse(query, raw);
    return await reading(callerOf(call), () => query.run({ ...contextOf(call), reader: database() }, input));
  } catch (error) {
    if (error instanceof AppError) await recordRefusedRead(query.name, call, error);
    throw error;
  }
}

/** @param raw as for a query */
export async function runCommand<I extends z.ZodType, R, P>(
  command: Command<I, R, P>,
  call: Call,
  raw: unknown,
): Promise<R> {
  let target: Target | undefined;
  try {
    admit(command, call);
    const input = parse(command, raw);
    target = command.about?.(input);
    await takeOwnAct(command, call);
    const context = contextOf(call);
    const concerns = (found: Target) => {
      target = found;
    };
    const prepared = (await command.prepare?.({ ...context, reader: database(), concerns }, input)) as P;
    const { patient } = command;
    const written = (changesAccess: boolean) =>
      transaction(
        async (tx) => {
          if (changesAccess) await lockAccess(tx);
          const now = await admittedNow(tx, command, call);
          const { target: of, before, after, ...rest } = await command.run({ ...now, tx }, input, prepared);
          if (!command.mereStep)
            await writeAudit(tx, call, { action: command.name, outcome: "done", target: of, before, after });
          return rest;
        },
        { turnOf: callerOf(call), changesAccess, patient },
      );
    const { result, afterwards } =
      command.changesAccess === "sometimes"
        ? await written(false).catch((error) => {
            if (error instanceof AccessLockNeeded) return written(true);
            throw error;
          })
        : await written(command.changesAccess === true);
    if (afterwards) doAfterwards(afterwards, `after: ${command.name}`);
    return result;
  } catch (error) {
    // While the database is away, or too many wait for it, there is nothing to write a row with.
    if (error instanceof AppError && error.code !== "invalid" && error.code !== "unavailable")
      await recordRefusal({ call, action: command.name, reason: error.reason, target });
    throw error;
  }
}

/** For a door that runs a command for several rows: refuses whoever may run it for none, before it looks at what was sent. */
export async function requireAdmission(command: Operation<z.ZodType>, call: Call): Promise<void> {
  try {
    admit(command, call);
  } catch (error) {
    if (error instanceof AppError)
      await recordRefusal({ call, action: command.name, reason: error.reason, target: undefined });
    throw error;
  }
}

/** Whoever waited, in a line or for the lock, may have lost their session or their rights meanwhile: one statement. */
async function admittedNow(tx: Tx, operation: Operation<z.ZodType>, call: Call): Promise<Context> {
  if (!("reload" in call.actor)) return contextOf(call);
  const now = { ...call, actor: await call.actor.reload(tx) };
  admit(operation, now);
  return contextOf(now);
}

const contextOf = (call: Call): Context => ({ call, actor: call.actor, at: call.at.getTime() });

/** Capability before input: a caller without the right learns nothing about the input. */
function admit(operation: Operation<z.ZodType>, call: Call, evenLimited = false): void {
  const { needs, name, dangerous, refusedUnderSync } = operation;
  const at = call.at.getTime();
  const may = (one: Requirement) =>
    mayRun(call.actor, one, at) || (evenLimited && reachesSomething(call.actor, one, at));
  const missing = [needs].flat().find((one) => !may(one));
  if (missing === undefined) {
    const synced = refusedUnderSync && syncedRefusal(call.actor);
    if (synced) throw new AppError(synced.code, synced.reason, synced.message);
    if (!dangerous || isProven(call.actor, at)) return;
    throw proofRequired();
  }
  if (call.actor.kind === "anonymous") {
    throw new AppError("unauthenticated", "sign_in_required", "Sign in to go on.");
  }
  if (call.actor.kind === "user" && call.actor.mustEnrol) {
    const message = "Your roles need a second factor: set one up first.";
    throw new AppError("forbidden", "second_factor_required", message);
  }
  throw new AppError(
    "forbidden",
    "missing_capability",
    `You do not have the right that "${name}" needs: ${missing}.`,
    {
      details: { needs: missing },
    },
  );
}

/** Asks whoever is signed in to prove once more who they are. */
export function proofRequired(): AppError {
  return new AppError("forbidden", "proof_required", "Confirm that it is you to go on.");
}

function parse<I extends z.ZodType>(operation: Operation<I>, raw: unknown): z.output<I> {
  const parsed = operation.input.safeParse(typeof raw === "function" ? raw() : raw);
  const fields: FieldErrors = {};
  const rules: FieldRules = {};
  for (const issue of parsed.error?.issues ?? []) {
    const field = fieldOf(issue.path);
    fields[field] = [...(fields[field] ?? []), issue.message];
    rules[field] = [...(rules[field] ?? []), issue.code];
  }
  for (const [field, value] of Object.entries(parsed.data ?? {})) {
    if (!hasNul(value)) continue;
    fields[field] = ["Use plain text only."];
    rules[field] = ["invalid_format"];
  }
  if (parsed.success && Object.keys(fields).length === 0) return parsed.data;
  throw new AppError("invalid", "invalid_input", "Some fields need another look.", { fields, rules });
}

/** A field of a row of a list has its whole path as its name (`assignments.0.endsAt`); a value of a list stands beside the list. */
const fieldOf = (path: readonly PropertyKey[]): string =>
  path.length > 2 ? path.map(String).join(".") : String(path[0] ?? "");

/** The one character that PostgreSQL cannot store in a text. */
const hasNul = (value: unknown): boolean =>
  typeof value === "string"
    ? value.includes("\0")
    : typeof value === "object" && value !== null && Object.values(value).some(hasNul);
