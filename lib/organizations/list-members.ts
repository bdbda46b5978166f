import { z } from "zod";
import { subjectColumn, subjectColumnSchema } from "#lib/assignments/index.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import {
  countCap,
  instantColumn,
  loadPage,
  orderOf,
  type Position,
  positionOf,
  type SortColumn,
  searchWords,
  textColumn,
  wordCondition,
} from "#lib/listing/index.ts";
import { Prisma } from "#prisma";
import { inReach } from "./reach.ts";
import { membershipRefusal } from "./rules.ts";
import { type ListMembersInput, listMembersSchema, type MemberSort } from "./schema.ts";

const rowSchema = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  active: z.boolean(),
  joinedAt: z.date(),
  teams: z.array(z.object({ id: z.string(), name: z.string() })),
  held: subjectColumnSchema,
  cursor: z.string(),
  total: z.number(),
});
type Found = z.infer<typeof rowSchema>;

export interface MemberRow extends Omit<Found, "held" | "cursor" | "total"> {
  you: boolean;
  /** How many of their roles are narrowed to the organization or to one of its teams, and to which: they would reach nothing. */
  narrowed: { organization: number; teams: Record<string, number> };
  /** Why the actor may not take them out, in the words of the rule; absent when they may. */
  removeWhy: string | undefined;
}

export interface MemberPage {
  rows: MemberRow[];
  next: string | undefined;
  previous: string | undefined;
  total: number;
  capped: boolean;
}

/** One page of the members of an organization, or of one of its teams. */
export const listMembers = defineQuery({
  name: "list members of organization",
  needs: "manageOrganizations",
  evenLimited: true,
  input: listMembersSchema,
  async run({ reader, actor, at }, input): Promise<MemberPage> {
    const reach = inReach(actor, at);
    const { rows, ...page } = await loadPage(input.size, positionOf(sortOf(input), input), (beside) =>
      readPage(reader, input, { reach, at }, beside),
    );
    return { ...page, rows: rows.map((row) => shown(row, actor, input.organization, at)) };
  },
});

async function readPage(
  reader: Reader,
  input: ListMembersInput,
  { reach, at }: { reach: Prisma.Sql; at: number },
  position: Position | undefined,
): Promise<Found[]> {
  const order = orderOf(sortOf(input), Prisma.sql`u.id`, input.sort.startsWith("-"), position);
  const conditions = [
    Prisma.sql`m.organization_id = ${input.organization}::uuid`,
    Prisma.sql`EXISTS (SELECT 1 FROM organizations o WHERE o.id = m.organization_id AND ${reach})`,
    ...(input.team ? [inTeam(input.team)] : []),
    ...searchWords(input.q).map(wordCondition),
  ];
  const from = Prisma.sql`FROM organization_members m JOIN users u ON u.id = m.user_id
    WHERE ${Prisma.join(conditions, " AND ")}`;
  const rows = await reader.$queryRaw<unknown[]>`
    WITH page AS (
      SELECT u.id, m.created_at AS joined_at, ${order.text} AS cursor, row_number() OVER (ORDER BY ${order.by}) AS place
      ${from} AND ${order.from} ORDER BY ${order.by} LIMIT ${input.size + 1})
    SELECT u.id, u.username, u.name, u.active, page.joined_at AS "joinedAt", page.cursor, ${subjectColumn(at)} AS held,
      COALESCE((
        SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.name_key)
        FROM team_members tm JOIN teams t ON t.id = tm.team_id
        WHERE tm.user_id = u.id AND tm.organization_id = ${input.organization}::uuid), '[]') AS teams,
      (SELECT count(*) FROM (SELECT 1 ${from} LIMIT ${countCap + 1}) counted)::int AS total
    FROM page JOIN users u ON u.id = page.id ORDER BY page.place`;
  return rows.map((row) => rowSchema.parse(row));
}

const inTeam = (team: string) =>
  Prisma.sql`EXISTS (SELECT 1 FROM team_members tm WHERE tm.team_id = ${team}::uuid AND tm.user_id = u.id)`;

const sortColumns: Record<MemberSort, SortColumn> = {
  username: textColumn(Prisma.sql`u.username_key`),
  joined: instantColumn(Prisma.sql`m.created_at`),
};
const sortOf = ({ sort }: ListMembersInput) => sortColumns[sort.replace("-", "") as MemberSort];

function shown(
  { held, cursor: _cursor, total: _total, ...row }: Found,
  actor: Actor,
  organization: string,
  at: number,
): MemberRow {
  const teams: Record<string, number> = {};
  for (const { team } of held.assignments) if (team) teams[team] = (teams[team] ?? 0) + 1;
  const subject = { ...held, id: row.id, active: row.active };
  return {
    ...row,
    you: actor.kind === "user" && actor.id === row.id,
    narrowed: {
      organization: held.assignments.filter((one) => one.organization === organization).length,
      teams,
    },
    removeWhy: membershipRefusal(actor, { name: row.username, subject }, at)?.message,
  };
}
