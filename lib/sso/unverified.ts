import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";

const most = 500;

const rowSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string().nullable(),
  last_sign_in_at: z.date().nullable(),
  claim: z.unknown(),
});

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
 * as they are. Entra says it in a claim of its own, which counts where the usual one is missing.
 */
export const listUnverified = defineQuery({
  name: "list people with unverified addresses",
  needs: "viewSettings",
  input: z.object({ provider: z.string().max(40) }),
  async run({ reader }, { provider }) {
    const rows = await reader.$queryRaw<unknown[]>`
      SELECT u.id, u.username, i.email, i.last_sign_in_at, i.claims -> 'email_verified' AS claim
      FROM identities i JOIN users u ON u.id = i.user_id
      WHERE i.provider = ${provider} AND i.claims -> 'email_verified' IS DISTINCT FROM 'true'::jsonb
        AND NOT (i.claims -> 'email_verified' IS NULL
          AND i.claims -> 'xms_edov' IS NOT DISTINCT FROM 'true'::jsonb)
      ORDER BY u.username_key LIMIT ${most + 1}`;
    const people = rows.slice(0, most).map((row): UnverifiedPerson => {
      const { last_sign_in_at: lastSignInAt, claim, ...person } = rowSchema.parse(row);
      return { ...person, lastSignInAt, said: wordFor(claim) };
    });
    const known = await reader.identity.count({ where: { provider } });
    return { people, known, more: rows.length > most };
  },
});

function wordFor(claim: unknown): UnverifiedPerson["said"] {
  if (claim === undefined || claim === null) return "nothing";
  return claim === false ? "no" : "something else";
}
