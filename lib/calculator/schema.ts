import { z } from "zod";

const word = (most: number) => z.string().trim().min(1).max(most).optional().catch(undefined);
const flag = z.literal(true).optional();
const key = z.string().min(1).max(100);

/**
 * What a question names besides who and what: the resource, and the instant. Everything is text, as an address has it.
 * Without any word about a resource the answer is about all of them.
 */
export const circumstancesSchema = z.object({
  /** `2026-11-22T10:30`, in the zone; with an offset of its own also without one. Absent: now. */
  at: z.string().max(40).optional(),
  zone: z.string().max(64).optional(),
  type: word(200),
  id: word(200),
  organization: word(100),
  team: word(100),
  /** It belongs to whoever asks, it is assigned to them. */
  own: flag,
  assigned: flag,
  /** By the key of the catalogue's attribute. Instants are in the zone as well. */
  values: z.record(key, z.array(z.string().max(500)).max(50)).default({}),
});
export type Circumstances = z.output<typeof circumstancesSchema>;

const permission = key.optional();

export const userQuestionSchema = circumstancesSchema.extend({
  user: z.uuid("There is no such user."),
  permission,
});

/** `member`: whoever holds the roles belongs to the organization and the team of the resource. */
export const roleQuestionSchema = circumstancesSchema
  .extend({
    roles: z.array(key).max(100).default([]),
    /** On top of the roles; where the catalogue has expressions. */
    expression: word(2000),
    permission,
    member: flag,
  })
  .refine(({ roles, expression }) => roles.length > 0 || expression !== undefined, {
    path: ["roles"],
    message: "Choose a role.",
  });

export const whoPageSize = 25;

export const whoCanSchema = circumstancesSchema.extend({
  permission: key,
  after: z.string().max(2000).optional(),
  before: z.string().max(2000).optional(),
});
export type WhoCanInput = z.output<typeof whoCanSchema>;

export const findPeopleSchema = z.object({ q: z.string().trim().max(200) });
