import { check, decide, rolesThatCouldGive } from "#lib/access/index.ts";
import { heldSql } from "#lib/assignments/index.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { positionOf } from "#lib/listing/index.ts";
import { Prisma } from "#prisma";
import { pathsOf, waysOf } from "./answer-permission.ts";
import { askedOf } from "./circumstances.ts";
import { cursorOf, type Holder, holdersBeside, order } from "./holders.ts";
import { loadNames, placesOf } from "./names.ts";
import { type WhoCanInput, whoCanSchema, whoPageSize } from "./schema.ts";

export interface WhoCanRow {
  id: string;
  username: string;
  name: string;
  effect: "allow" | "limited";
  /** The ways that give it, each on one line. */
  ways: string[];
}

export interface WhoCanPage {
  at: Date;
  aboutResource: boolean;
  permission: { key: string; label: string };
  rows: WhoCanRow[];
  next?: string;
  previous?: string;
  /** So many were looked at without filling the page: `next` goes on from there. */
  looked?: number;
  /** Deactivated people who hold a role that could give it, counted up to the cap. */
  inactive: number;
}

const inactiveCap = 1000;

/** How many holders one page looks at, at most: with limits, few of very many may pass. */
const mostLooked = 5_000;

/** A page is mostly full after the first few; what is rare is looked for in larger steps. */
const firstBatch = 100;
const laterBatch = 500;

/** Who may do something at an instant: exactly the users to whom `check` does not answer deny. */
export const whoCan = defineQuery({
  name: "list who can",
  needs: ["viewRoles", "viewUsers"],
  input: whoCanSchema,
  async run({ reader, actor, at }, input): Promise<WhoCanPage> {
    const { access } = requireUser(actor);
    const { policy, catalogue } = access;
    const asked = askedOf(input, catalogue.attributes, at);
    const { permission } = input;
    const question = { permission, at: asked.at, action: asked.action, context: asked.context };
    const giving = rolesThatCouldGive(policy, permission);
    const passes = ({ subject }: Holder) =>
      check(
        policy,
        subject,
        permission,
        asked.at,
        asked.resource(subject.id),
        asked.action,
        asked.context,
      ) !== "deny";
    const found = await pageOfMatches(reader, input, { giving, at: new Date(asked.at) }, passes);
    const subjects = found.rows.map(({ subject }) => subject);
    const names = await loadNames(reader, access, placesOf(subjects, input));
    return {
      at: new Date(asked.at),
      aboutResource: asked.resource("") !== undefined,
      permission: { key: permission, label: names.permission(permission) },
      inactive: await countInactive(reader, giving, asked.at),
      ...found,
      rows: found.rows.flatMap(({ subject, username, name }) => {
        const decision = decide(policy, subject, { ...question, resource: asked.resource(subject.id) });
        if (decision.effect === "deny") return [];
        const ways = waysOf(pathsOf(decision), names);
        return [{ id: subject.id, username, name, effect: decision.effect, ways }];
      }),
    };
  },
});

/** Reads holders batch by batch until one match more than a page has is found, or enough were looked at. */
async function pageOfMatches(
  reader: Reader,
  input: WhoCanInput,
  wanted: { giving: readonly string[]; at: Date },
  passes: (holder: Holder) => boolean,
) {
  const beside = positionOf(order, input);
  const backwards = beside?.side === "before";
  const matches: Holder[] = [];
  let looked = 0;
  let last: Holder | undefined;
  let ended = false;
  let position = beside;
  while (!ended && matches.length <= whoPageSize && looked < mostLooked) {
    const batch = await holdersBeside(reader, wanted, position, looked === 0 ? firstBatch : laterBatch);
    ended = batch.ended;
    looked += batch.holders.length;
    matches.push(...batch.holders.filter(passes));
    last = batch.holders.at(-1) ?? last;
    if (last) position = { side: beside?.side ?? "after", value: last.cursor, id: last.subject.id };
  }
  const more = matches.length > whoPageSize;
  const rows = matches.slice(0, whoPageSize);
  const beyond = more ? rows.at(-1) : ended ? undefined : last;
  if (backwards) rows.reverse();
  const near = beside && { value: String(beside.value), id: beside.id };
  return {
    rows,
    next: cursorOf(backwards ? (rows.at(-1) ?? near) : beyond),
    previous: cursorOf(backwards ? beyond : beside && (rows[0] ?? near)),
    ...(!more && !ended && { looked }),
  };
}

async function countInactive(reader: Reader, giving: readonly string[], at: number): Promise<number> {
  const [row] = await reader.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM users u WHERE NOT u.active AND EXISTS (
        SELECT FROM assignments a JOIN roles r ON r.id = a.role_id
        WHERE a.user_id = u.id AND ${heldSql(at)}
          AND r.key IN (${Prisma.join(giving.length > 0 ? giving : [""])}))
      LIMIT ${inactiveCap}) counted`;
  return row?.count ?? 0;
}
