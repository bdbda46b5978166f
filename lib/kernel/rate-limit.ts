import { createHash } from "node:crypto";
import { addressBlock } from "./address-block.ts";
import type { Call } from "./call.ts";
import { database, type Sql, sql, type Tx } from "./database.ts";
import { AppError } from "./errors.ts";
import { type LimitName, limits, widerTimes } from "./rate-limits.ts";

/** A counter that an act takes a turn at. */
export interface Turn {
  name: LimitName;
  /** The key of its row. */
  key: string;
  points: number;
  /** Those that come later are counted only where none of the earlier ones has run out. */
  order?: Order;
  /** What there were too many of, where it is not what the others of the act say. */
  what?: string;
}

const orders = { first: 0, second: 1, last: 2, judged: 3 };
type Order = keyof typeof orders;

/** Keys are hashes: what people type into the name field, at times their password, is not kept. */
export const rowKey = (name: LimitName, ...parts: string[]): string =>
  `${name}:${createHash("sha256").update(JSON.stringify(parts)).digest("base64url")}`;

/** Begins with what it is about, so that all of that can be found, from whatever address it came. */
const pairKey = (name: LimitName, parts: readonly string[], block: string): string =>
  `${rowKey(name, ...parts)}${rowKey(name, block).slice(name.length)}`;

/** A turn of whatever the parts name: an account, a name that was typed, a browser. */
export const turnOf = (name: LimitName, ...parts: string[]): Turn => ({
  name,
  key: rowKey(name, ...parts),
  points: limits[name].points,
});

/**
 * The turns of an address, at what the parts name: one of its line (IPv4 address, IPv6 /64), and a looser one of its
 * site (/48), where that is more.
 */
export function turnsFrom(name: LimitName, { address }: Pick<Call, "address">, ...parts: string[]): Turn[] {
  const { line, wider } = addressBlock(address);
  // What an address brings along is counted behind the address.
  const [ofSite, ofLine]: Order[] = parts.length === 0 ? ["first", "second"] : ["last", "last"];
  const from = (block: string) => (parts.length === 0 ? rowKey(name, block) : pairKey(name, parts, block));
  const { points } = limits[name];
  const turn = { name, key: from(line), points, order: ofLine };
  if (wider === line) return [turn];
  return [turn, { ...turn, key: from(wider), points: points * widerTimes, order: ofSite }];
}

/** Is refused where the counter has run out, and takes no turn: what it counts is counted elsewhere. */
export const judged = (turn: Turn, what: string): Turn => ({ ...turn, order: "judged", what });

/** A turn that was taken: how many there are now, this one among them, and how long until they are forgotten. */
interface Taken extends Turn {
  taken: number;
  milliseconds: number;
}

/** Of the `turn`s that are judged together, takes each, in the order of their keys. */
const takingAt = (which: Sql) => sql`
  INSERT INTO rate_limits AS old (key, points, expire)
  SELECT key, 1, now() + make_interval(secs => seconds) FROM turn WHERE ${which} ORDER BY key
  ON CONFLICT (key) DO UPDATE SET
    points = CASE WHEN old.expire > now() THEN old.points + 1 ELSE 1 END,
    expire = CASE WHEN old.expire > now() THEN old.expire ELSE excluded.expire END
  RETURNING key, points, expire`;

const noneOver = (taken: Sql) =>
  sql`NOT EXISTS (SELECT 1 FROM ${taken} JOIN turn AS its USING (key) WHERE points > its.most)`;

/**
 * Takes a turn at each counter, in one statement: a hundred at once are a hundred turns, over all instances.
 * An address that has none left makes no rows for the names that it brings: its site is judged first, then its line,
 * then the rest. Rows are locked in this order and that of their keys, so that two of these never wait for each other.
 * @returns those that were taken; later ones than a counter that ran out are not among them
 */
async function count(turns: Turn[], client: Pick<Tx, "$queryRaw"> = database()): Promise<Taken[]> {
  const keys = turns.map(({ key }) => key);
  const seconds = turns.map(({ name }) => limits[name].seconds);
  const most = turns.map(({ points }) => points);
  const order = turns.map((turn) => orders[turn.order ?? "last"]);
  const rows = await client.$queryRaw<{ key: string; points: number; milliseconds: number }[]>`
    WITH turn AS (
      SELECT * FROM unnest(${keys}::text[], ${seconds}::int[], ${most}::int[], ${order}::int[])
        AS turn (key, seconds, most, step)),
    first AS (${takingAt(sql`step = 0`)}),
    second AS (${takingAt(sql`step = 1 AND ${noneOver(sql`first`)}`)}),
    earlier AS (SELECT * FROM first UNION ALL SELECT * FROM second),
    last AS (${takingAt(sql`step = 2 AND ${noneOver(sql`earlier`)}`)})
    SELECT key, points, (extract(epoch FROM expire - now()) * 1000)::float8 AS milliseconds
      FROM (SELECT * FROM earlier UNION ALL SELECT * FROM last
        UNION ALL SELECT key, points + 1, expire FROM rate_limits JOIN turn USING (key)
          WHERE step = 3 AND expire > now()) AS taken`;
  const found = new Map(rows.map((row) => [row.key, row]));
  return turns.flatMap((turn) => {
    const row = found.get(turn.key);
    return row ? [{ ...turn, taken: row.points, milliseconds: row.milliseconds }] : [];
  });
}

/**
 * Takes turns before the work is done. A limiter that cannot answer refuses: its error goes up.
 * @param what there were too many of, for the sentence; `hint`: a way out, after it; `client`: a
 * transaction whose change the turns are to hold or go with
 * @throws AppError rate_limited, reason too_many_attempts, `details.retryAfter` in seconds
 */
export async function takeTurns(turns: Turn[], what: string, hint = "", client?: Tx): Promise<void> {
  const over = (await count(turns, client)).filter(isOver);
  const longest = over.toSorted((one, other) => other.milliseconds - one.milliseconds)[0];
  if (longest) throw tooMany(longest.what ?? what, longest.what ? "" : hint, longest.milliseconds);
}

/**
 * Takes turns for somebody who is not told whether they were there.
 * @returns "just_over" once for each counter that runs out, so that it is logged once; "over" from then on
 */
export async function tryTurns(turns: Turn[]): Promise<"taken" | "just_over" | "over"> {
  const over = (await count(turns)).filter(isOver);
  if (over.length === 0) return "taken";
  return over.some(({ taken, points }) => taken === points + 1) ? "just_over" : "over";
}

const isOver = ({ taken, points }: Taken) => taken > points;

/** Takes back turns that turned out to be no guess: a hundred people behind one address may all sign in. */
export function giveBack(turns: Turn[], each = 1): Promise<void> {
  return changeRows(turns, [], each);
}

/** After a right guess: these counters begin anew, and the others get this turn back. */
export function forget(turns: Turn[], others: Turn[] = []): Promise<void> {
  return changeRows([...turns, ...others], turns);
}

/** Does what turns were taken for. Who is sent away because too many others wait has used none of them. */
export async function orGiveBack<T>(turns: Turn[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.code === "unavailable") await giveBack(turns);
    throw error;
  }
}

async function changeRows(turns: Turn[], anew: Turn[], each = 1): Promise<void> {
  const keys = turns.map(({ key }) => key);
  const emptied = anew.map(({ key }) => key);
  await database().$executeRaw`
    UPDATE rate_limits SET points = CASE WHEN key = ANY(${emptied}::text[]) THEN 0 ELSE greatest(points - ${each}::int, 0) END
     WHERE key IN (SELECT key FROM rate_limits WHERE key = ANY(${keys}::text[]) ORDER BY key FOR UPDATE)`;
}

/** Counters that begin anew with the transaction's change. */
export async function forgetIn(tx: Tx, turns: readonly Turn[]): Promise<void> {
  await tx.rateLimit.deleteMany({ where: { key: { in: turns.map(({ key }) => key) } } });
}

/** The same for what was counted by an address and one of these, whatever the address. Reads every counter there is. */
export async function forgetPairs(tx: Tx, name: LimitName, abouts: readonly string[]): Promise<void> {
  const prefixes = abouts.map((about) => `${rowKey(name, about)}:`);
  await tx.$executeRaw`DELETE FROM rate_limits WHERE key ^@ ANY(${prefixes}::text[])`;
}

/** One turn of this address at something that anybody may try. */
export function takeTurn(name: LimitName, call: Pick<Call, "address">, what = "attempts"): Promise<void> {
  return takeTurns(turnsFrom(name, call), what);
}

/** Takes back a turn of this address that led somewhere. */
export function giveTurnBack(name: LimitName, call: Pick<Call, "address">): Promise<void> {
  return giveBack(turnsFrom(name, call));
}

/** One turn of an account or whatever else has an id, from wherever it comes. */
export function takeTurnOf(name: LimitName, id: string, what: string): Promise<void> {
  return takeTurns([turnOf(name, id)], what);
}

export function forgetTurns(name: LimitName, id: string): Promise<void> {
  return forget([turnOf(name, id)]);
}

function tooMany(what: string, hint: string, milliseconds: number): AppError {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  const message = [`Too many ${what}. Try again in ${wait}.`, ...(hint ? [hint] : [])].join(" ");
  return new AppError("rate_limited", "too_many_attempts", message, {
    details: { retryAfter: seconds },
  });
}
