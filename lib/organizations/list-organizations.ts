import { z } from "zod";
import type { Reader } from "#lib/kernel/database.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
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
} from "#lib/listing/index.ts";
import { Prisma } from "#prisma";
import { inReach } from "./reach.ts";
import { type ListOrganizationsInput, listOrganizationsSchema, type OrganizationSort } from "./schema.ts";

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  createdAt: z.date(),
  teams: z.number(),
  members: z.number(),
  cursor: z.string(),
  total: z.number(),
});
export type OrganizationRow = Omit<z.infer<typeof rowSchema>, "cursor" | "total">;

export interface OrganizationPage {
  rows: OrganizationRow[];
  next: string | undefined;
  previous: string | undefined;
  /** How many match; `capped` when there are more than were counted. */
  total: number;
  capped: boolean;
}

/** One page of organizations. Whoever holds the right for their own organizations sees those. */
export const listOrganizations = defineQuery({
  name: "list organizations",
  needs: "manageOrganizations",
  evenLimited: true,
  input: listOrganizationsSchema,
  async run({ reader, actor, at }, input): Promise<OrganizationPage> {
    const reach = inReach(actor, at);
    const { rows, ...page } = await loadPage(input.size, positionOf(sortOf(input), input), (beside) =>
      readPage(reader, input, reach, beside),
    );
    return { ...page, rows: rows.map(({ cursor: _cursor, total: _total, ...row }) => row) };
  },
});

async function readPage(
  reader: Reader,
  input: ListOrganizationsInput,
  reach: Prisma.Sql,
  position: Position | undefined,
) {
  const order = orderOf(sortOf(input), Prisma.sql`o.id`, input.sort.startsWith("-"), position);
  const words = searchWords(input.q).map(nameHas);
  const from = Prisma.sql`FROM organizations o WHERE ${Prisma.join([reach, ...words], " AND ")}`;
  const rows = await reader.$queryRaw<unknown[]>`
    WITH page AS (SELECT o.*, ${order.text} AS cursor ${from} AND ${order.from} ORDER BY ${order.by} LIMIT ${input.size + 1})
    SELECT o.id, o.name, o.description, o.created_at AS "createdAt", o.cursor,
      (SELECT count(*) FROM teams t WHERE t.organization_id = o.id)::int AS teams,
      (SELECT count(*) FROM organization_members m WHERE m.organization_id = o.id)::int AS members,
      (SELECT count(*) FROM (SELECT 1 ${from} LIMIT ${countCap + 1}) counted)::int AS total
    FROM page o ORDER BY ${order.by}`;
  return rows.map((row) => rowSchema.parse(row));
}

/** Each word is looked for in the name and in the names of the teams. */
function nameHas(word: string): Prisma.Sql {
  const pattern = `%${normaliseKey(word).replace(/[\\%_]/g, "\\$&")}%`;
  return Prisma.sql`(o.name_key LIKE ${pattern} OR EXISTS (
    SELECT 1 FROM teams t WHERE t.organization_id = o.id AND t.name_key LIKE ${pattern}))`;
}

const sortColumns: Record<OrganizationSort, SortColumn> = {
  name: textColumn(Prisma.sql`o.name_key`),
  created: instantColumn(Prisma.sql`o.created_at`),
};
const sortOf = ({ sort }: ListOrganizationsInput) => sortColumns[sort.replace("-", "") as OrganizationSort];
