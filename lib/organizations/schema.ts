import { z } from "zod";
import { descriptionSchema, nameSchema } from "#lib/kernel/schema.ts";

const described = { name: nameSchema, description: descriptionSchema };
const id = z.uuid("There is no such organization.");
const teamId = z.uuid("There is no such team.");
/** The row as the form showed it: somebody else's change in between is a conflict, never overwritten. */
const version = z.coerce.number().int().positive();

export const organizationIdSchema = z.object({ id });
export const addOrganizationSchema = z.object(described);
export const editOrganizationSchema = z.object({ id, version, ...described });
export const addTeamSchema = z.object({ organization: id, ...described });
export const teamIdSchema = z.object({ id: teamId });
export const editTeamSchema = z.object({ id: teamId, version, ...described });

/** Without a team it is about the organization itself. */
const place = { organization: id, team: teamId.optional() };
const most = 100;
const users = z
  .array(z.uuid("There is no such user."))
  .min(1, "Choose somebody.")
  .max(most, `Choose at most ${most} people at a time.`);
export const addMembersSchema = z.object({ ...place, users });
export const removeMembersSchema = z.object({ ...place, users });

const word = z
  .string()
  .max(200)
  .refine((text) => !text.includes("\0"));
const cursor = z
  .string()
  .max(2000)
  .refine((text) => !text.includes("\0"))
  .optional()
  .catch(undefined);

export const findNewcomersSchema = z.object({ ...place, q: word.catch("").default("") });

export const organizationPageSizes = [25, 50, 100] as const;
const size = z.coerce.number().pipe(z.literal(organizationPageSizes)).catch(25).default(25);

export const organizationSorts = ["name", "created"] as const;
export type OrganizationSort = (typeof organizationSorts)[number];

/** The list's whole state, under the names that it has in the URL. What makes no sense there falls back. */
export const listOrganizationsSchema = z.object({
  q: word.catch("").default(""),
  sort: z
    .templateLiteral([z.enum(["", "-"]), z.enum(organizationSorts)])
    .catch("name")
    .default("name"),
  size,
  after: cursor,
  before: cursor,
});
export type ListOrganizationsInput = z.infer<typeof listOrganizationsSchema>;

export const memberSorts = ["username", "joined"] as const;
export type MemberSort = (typeof memberSorts)[number];

export const listMembersSchema = z.object({
  organization: id,
  q: word.catch("").default(""),
  team: teamId.optional().catch(undefined),
  sort: z
    .templateLiteral([z.enum(["", "-"]), z.enum(memberSorts)])
    .catch("username")
    .default("username"),
  size,
  after: cursor,
  before: cursor,
});
export type ListMembersInput = z.infer<typeof listMembersSchema>;
