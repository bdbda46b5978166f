import { z } from "zod";

const word = (most: number) => z.string().min(1).max(most);
/** What comes longer than this is left out: it is a name or an address, and nothing that anybody is known by. */
const short = (most: number) => z.string().max(most).optional().catch(undefined);

/** What a door hands over once it has checked everything about a provider's answer. */
export const vouchedSchema = z.object({
  provider: word(40),
  issuer: word(1000),
  subject: word(500),
  session: short(500),
  /** Larger ones are not kept: signing out at the provider then names the client instead. */
  idToken: short(32_000),
  email: short(254),
  emailVerified: z.boolean(),
  username: short(254),
  givenName: short(200),
  familyName: short(200),
  authenticatedAt: z.date().optional(),
  claims: z.record(z.string(), z.unknown()),
  unread: z.enum(["claim_missing", "overage", "userinfo_failed"]).optional(),
});

export const enterSchema = vouchedSchema.extend({
  /** The session that the same browser held until now. */
  replaces: z.uuid().optional(),
});

export const noInputSchema = z.object({});
export const identityIdSchema = z.object({ id: z.uuid("There is no such connection.") });
