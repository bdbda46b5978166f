import type { Prisma } from "#prisma";
import type { Vouched } from "./vouched.ts";

/** More than any rule reads: a person's groups, and not their picture. */
const mostPerClaim = 32_000;
const mostClaims = 200;

/** What is kept of somebody's claims: without what is too large to be kept of everybody. */
export function keptClaims({ claims }: Pick<Vouched, "claims">): Prisma.InputJsonObject {
  const small = Object.entries(claims).filter(([, value]) => sizeOf(value) <= mostPerClaim);
  return Object.fromEntries(small.slice(0, mostClaims)) as Prisma.InputJsonObject;
}

const sizeOf = (value: unknown) => JSON.stringify(value ?? null).length;
