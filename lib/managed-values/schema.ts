import { z } from "zod";
import { descriptionSchema, nameSchema } from "#lib/kernel/schema.ts";

const attribute = z.string("There is no such list.").min(1).max(100);

/** What a resource of the host application carries, so it is taken as it is, but for the space around it. */
const keySchema = z
  .string("Give a key.")
  .normalize("NFC")
  .trim()
  .min(1, "Give a key.")
  .max(100, "A key has at most 100 characters.")
  .regex(/^[^\s\p{Cc}]*$/u, "Use no spaces: letters, digits and signs such as - _ . : / only.");

const described = { label: nameSchema, description: descriptionSchema };
/** The row as the form showed it: somebody else's change in between is a conflict, never overwritten. */
const version = z.coerce.number().int().positive();
/** A limit names at most as many. */
const members = z.array(keySchema).max(500, "A group has at most 500 members.");

export const entrySchema = z.object({ attribute, key: keySchema });
export const describedEntrySchema = z.object({ attribute, key: keySchema, ...described });
export const addGroupSchema = z.object({ attribute, key: keySchema, ...described, members });
export const editGroupSchema = addGroupSchema.extend({ version });

const word = z
  .string()
  .max(200)
  .refine((text) => !text.includes("\0"));
const beside = z
  .string()
  .max(100)
  .refine((text) => !text.includes("\0"))
  .optional()
  .catch(undefined);

export const valuePageSizes = [25, 50, 100] as const;

/** The list's whole state, under the names that it has in the URL. Pages follow the key. */
export const listEntriesSchema = z.object({
  attribute,
  q: word.catch("").default(""),
  size: z.coerce.number().pipe(z.literal(valuePageSizes)).catch(25).default(25),
  after: beside,
  before: beside,
});
export type ListEntriesInput = z.infer<typeof listEntriesSchema>;

export const findValuesSchema = z.object({ attribute, q: word.catch("").default("") });
