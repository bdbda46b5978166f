import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";

const most = 500;

export interface UnverifiedPerson {
  id: string;
  username: string;
  email: string | null;
  lastSignInAt: Date | null;
  /** What the provider said of the address: false, nothing, or something that is neither. */
  said: "no" | "nothing" | "something else";
}

/**
 * People known at a provider whose address it did not vouch for at their latest sign-in. They still get in, because
 * they are known; anybody like them who is not known yet is turned away, unless the provider's addresses are trusted
 * as they are.
 */
export const listUnverified = defineQuery({
  name: "list people with unverified addresses",
  needs: "viewSettings",
  input: z.object({ provider: z.string().max(40) }),
  async run({ reader }, { provider }) {
    const rows = await reader.identity.findMany({
      where: {
        provider,
        NOT: { OR: [{ claims: { path: ["email_verified"], equals: true } }, entraVouches] },
      },
      select: {
        email: true,
        claims: true,
        lastSignInAt: true,
        user: { select: { id: true, username: true } },
      },
      orderBy: { user: { usernameKey: "asc" } },
      take: most + 1,
    });
    const people = rows.slice(0, most).map(
      ({ user, email, claims, lastSignInAt }): UnverifiedPerson => ({
        ...user,
        email,
        lastSignInAt,
        said: wordFor((claims as Record<string, unknown>).email_verified),
      }),
    );
    const known = await reader.identity.count({ where: { provider } });
    return { people, known, more: rows.length > most };
  },
});

/** Entra's own claim, which counts where the usual one is missing. */
const entraVouches = {
  AND: [
    { claims: { path: ["xms_edov"], equals: true } },
    { NOT: { claims: { path: ["email_verified"], equals: false } } },
  ],
};

function wordFor(claim: unknown): UnverifiedPerson["said"] {
  if (claim === undefined || claim === null) return "nothing";
  return claim === false ? "no" : "something else";
}
