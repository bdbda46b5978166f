import { instantColumn, type SortColumn } from "#lib/listing/index.ts";
import { Prisma } from "#prisma";
import type { ListUsersInput, UserSort } from "./schema.ts";

const textual = (column: Prisma.Sql): SortColumn => ({
  column,
  type: Prisma.sql`text`,
  text: column,
  read: (text) => text,
});

/** Each is served by an index with the id behind it. */
export const sortColumns: Record<UserSort, SortColumn> = {
  username: textual(Prisma.sql`u.username_key`),
  email: textual(Prisma.sql`u.email_key`),
  created: instantColumn(Prisma.sql`u.created_at`),
  lastSignIn: instantColumn(Prisma.sql`COALESCE(u.last_sign_in_at, 'epoch'::timestamptz)`),
  status: {
    column: Prisma.sql`u.active`,
    type: Prisma.sql`boolean`,
    text: Prisma.sql`u.active::text`,
    read: (text) => (text === "true" ? true : text === "false" ? false : undefined),
  },
};

export const sortOf = ({ sort }: ListUsersInput) => sortColumns[sort.replace("-", "") as UserSort];
