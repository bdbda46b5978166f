import { z } from "zod";
import { heldSql, temporarySources } from "#lib/assignments/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { type Mapping, providersOf } from "#lib/providers/index.ts";
import { Prisma } from "#prisma";
import { type Mapper, mappedRoles } from "./mapped-roles.ts";
import { rolesAfter, rolesTheyGive } from "./roles-after.ts";

/** A mapping as somebody wants it, of a provider that may not be stored yet. */
export interface WantedMapping extends Mapper {
  slug: string;
}

/** Somebody known at the provider, and what the mapping would do at their next sign-in if their claims stay as they are. */
export interface TriedPerson {
  id: string;
  username: string;
  name: string;
  active: boolean;
  /** Keys of what they hold for their work now. */
  held: string[];
  /** Keys of what they hold for a time, which no mapping touches. */
  temporary: string[];
  /** Why their claims would change nothing. */
  unread?: Extract<Mapping, { kind: "unread" }>;
  /** Keys of what they would hold. */
  after: string[];
  gains: string[];
  loses: string[];
  /** Keys of what of it would have no end, hours or place. */
  forGood: string[];
}

const rowSchema = z.object({
  id: z.string(),
  username: z.string(),
  usernameKey: z.string(),
  beyond: z.boolean(),
  name: z.string(),
  active: z.boolean(),
  claims: z.record(z.string(), z.unknown()).catch({}),
  roles: z.array(
    z.object({ key: z.string(), guarded: z.boolean(), temporary: z.boolean(), limited: z.boolean() }),
  ),
});
type Row = z.infer<typeof rowSchema>;

/** So many claims are in memory at a time. */
const batch = 1000;

/** For whoever shows a page of them: whether somebody comes after the username that ended the page before. */
type Placed = TriedPerson & Pick<Row, "usernameKey" | "beyond">;

/** Everybody known at the provider, by username: their latest claims under the wanted mapping. */
export async function* triedPeople(
  reader: Reader | Tx,
  access: ActivePolicy,
  { mapping, at, after = "" }: { mapping: WantedMapping; at: number; after?: string },
): AsyncGenerator<Placed> {
  const others = (await providersOf(reader)).filter(
    ({ slug, enabled, syncRoles }) => slug !== mapping.slug && enabled && syncRoles,
  );
  const given = rolesTheyGive(access, [mapping, ...others]);
  let from = "";
  for (;;) {
    const rows = await readBatch(reader, { slug: mapping.slug, at, from, after });
    for (const row of rows) yield tried(access, mapping, given, row);
    const last = rows.at(-1);
    if (rows.length < batch || !last) return;
    from = last.usernameKey;
  }
}

async function readBatch(
  reader: Reader | Tx,
  { slug, at, from, after }: { slug: string; at: number; from: string; after: string },
): Promise<Row[]> {
  const rows = await reader.$queryRaw<unknown[]>`
    SELECT u.id, u.username, u.username_key AS "usernameKey", u.name, u.active, i.claims,
      u.username_key > ${after} AS beyond,
      COALESCE((
        SELECT json_agg(json_build_object('key', r.key, 'guarded', r.guarded,
            'temporary', a.source IN (${Prisma.join([...temporarySources])}),
            'limited', a.ends_at IS NOT NULL OR a.window IS NOT NULL OR a.organization_id IS NOT NULL
              OR a.team_id IS NOT NULL OR COALESCE(a.starts_at > ${new Date(at)}, false)))
        FROM assignments a JOIN roles r ON r.id = a.role_id
        WHERE a.user_id = u.id AND ${heldSql(at)}), '[]') AS roles
    FROM users u JOIN LATERAL (
      SELECT claims FROM identities WHERE user_id = u.id AND provider = ${slug}
      ORDER BY last_sign_in_at DESC NULLS LAST, created_at DESC LIMIT 1) i ON TRUE
    WHERE u.username_key > ${from}
    ORDER BY u.username_key LIMIT ${batch}`;
  return rows.map((row) => rowSchema.parse(row));
}

function tried(access: ActivePolicy, mapping: WantedMapping, given: ReadonlySet<string>, row: Row) {
  const { claims, roles, ...who } = row;
  const lasting = roles.filter(({ temporary }) => !temporary);
  const held = [...new Set(lasting.map(({ key }) => key))];
  const temporary = roles.filter((role) => role.temporary).map(({ key }) => key);
  const inFull = lasting.filter(({ limited }) => !limited).map(({ key }) => key);
  const mapped = mappedRoles(access, mapping, claims);
  if (mapped.kind === "unread") {
    const same = { after: held, gains: [], loses: [], forGood: inFull };
    return { ...who, held, temporary, unread: mapped, ...same };
  }
  const { roles: wanted, kept } = rolesAfter(access, lasting, mapped.roles, given);
  const after = [...kept, ...wanted];
  return {
    ...who,
    held,
    temporary,
    after,
    // What was held within limits is held without them afterwards, which is more.
    gains: wanted.filter((key) => !inFull.includes(key)),
    loses: held.filter((key) => !after.includes(key)),
    forGood: [...wanted, ...kept.filter((key) => inFull.includes(key))],
  };
}
