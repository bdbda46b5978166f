import { z } from "zod";

export const sessionIdSchema = z.object({ id: z.uuid("There is no such session.") });
export const userOfSessionsSchema = z.object({ userId: z.uuid("There is no such user.") });

/** Ways of signing in that the list can be filtered by. */
export const signInMethods = [
  { value: "password", label: "Password" },
  { value: "passkey", label: "Passkey" },
] as const;

const sessionStates = ["live", "ended"] as const;
export const sessionSorts = ["lastUsed", "created"] as const;
export type SessionSort = (typeof sessionSorts)[number];
export const sessionPageSizes = [25, 50, 100] as const;

/** The list's whole state, under the names that it has in the URL. What makes no sense there falls back. */
export const listSessionsSchema = z.object({
  q: z.string().max(200).catch("").default(""),
  state: z.enum(sessionStates).catch("live").default("live"),
  method: z
    .string()
    .regex(/^\w{1,50}$/)
    .optional()
    .catch(undefined),
  /** A column, with a hyphen before it for descending. */
  sort: z
    .templateLiteral([z.enum(["", "-"]), z.enum(sessionSorts)])
    .catch("-lastUsed")
    .default("-lastUsed"),
  size: z.coerce.number().pipe(z.literal(sessionPageSizes)).catch(25).default(25),
  after: z.string().max(2000).optional().catch(undefined),
  before: z.string().max(2000).optional().catch(undefined),
});
export type ListSessionsInput = z.infer<typeof listSessionsSchema>;

/** A page of one's own, in the one order that it has. */
export const listOwnSessionsSchema = listSessionsSchema.pick({ size: true, after: true, before: true });
