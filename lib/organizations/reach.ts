import { type Actor, reachOf } from "#lib/kernel/actor.ts";
import { Prisma } from "#prisma";

/**
 * Which organizations the actor may see: undefined for all, else those that a limit of scope organization reaches.
 * A limit that also asks for attributes passes no organization, since an organization has none.
 */
export function organizationsInReach(actor: Actor, at: number): readonly string[] | undefined {
  const reach = reachOf(actor, "manageOrganizations", at);
  if (reach === "everywhere") return undefined;
  return reach.flatMap(({ scope, where, ids }) =>
    scope === "organization" && where.length === 0 ? (ids ?? []) : [],
  );
}

/** The same for the organizations `o` of a statement. */
export function inReach(actor: Actor, at: number): Prisma.Sql {
  const ids = organizationsInReach(actor, at);
  return ids === undefined ? Prisma.sql`TRUE` : Prisma.sql`o.id = ANY(${[...ids]}::uuid[])`;
}
