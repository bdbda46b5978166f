import type { Reader, Tx } from "#lib/kernel/database.ts";

/** The stored providers, in the order in which the sign-in page offers them. */
export function providerRows(reader: Reader | Tx) {
  return reader.identityProvider.findMany({
    select: {
      slug: true,
      kind: true,
      label: true,
      enabled: true,
      syncRoles: true,
      settings: true,
      secret: true,
      rules: true,
      version: true,
    },
    orderBy: [{ position: "asc" }, { slug: "asc" }],
  });
}

export type ProviderRow = Awaited<ReturnType<typeof providerRows>>[number];
