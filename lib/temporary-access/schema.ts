import { z } from "zod";
import { confirmedSchema, neededReasonSchema, validitySchema } from "#lib/assignments/schema.ts";
import { printable } from "#lib/kernel/schema.ts";

/** How long, in hours, where nobody gives an instant. */
const lengths = ["1", "8", "24", "72", "168"] as const;

const { startsAt, endsAt, organizationId, teamId } = validitySchema.shape;
const lasts = z.preprocess(
  (value) => (value === "" ? undefined : value),
  z.enum(lengths, "Choose how long.").optional(),
);

const ends = {
  lasts,
  endsAt,
};
type Ends = { lasts?: (typeof lengths)[number] | undefined; endsAt?: Date | undefined };

/** Temporary access has an end from the beginning: after so many hours, or at an instant. */
const hasEnd = [
  ({ lasts, endsAt }: Ends) => lasts !== undefined || endsAt !== undefined,
  { path: ["endsAt"] as PropertyKey[], message: "Say when it ends." },
] as const;

const role = z.string("Choose a role.").min(1, "Choose a role.").max(100);

export const giveTemporaryAccessSchema = z
  .object({
    id: z.uuid("There is no such user."),
    role,
    reason: neededReasonSchema,
    startsAt,
    ...ends,
    organizationId,
    teamId,
    confirmed: confirmedSchema,
  })
  .refine(...hasEnd);

export const endTemporaryAccessSchema = z.object({
  id: z.uuid("There is no such user."),
  assignment: z.uuid("There is no such access."),
});

export const requestAccessSchema = z
  .object({ role, reason: neededReasonSchema, ...ends, organizationId, teamId })
  .refine(...hasEnd);

export const requestIdSchema = z.object({ request: z.uuid("There is no such request.") });

const note = z
  .string()
  .trim()
  .max(500, "A note has at most 500 characters.")
  .regex(printable, "Use plain text only, on one line.")
  .default("");

/** What is granted may be shorter than what was asked for. */
export const grantAccessSchema = requestIdSchema.extend({ endsAt, note, confirmed: confirmedSchema });

export const refuseAccessSchema = requestIdSchema.extend({ note });
