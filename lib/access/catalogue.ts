import { z } from "zod";

/**
 * The catalogue: everything in which one product's access model differs from another's.
 * It is a YAML file; `lib/catalogue` reads it and points at file and line when this schema refuses it.
 */

const key = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9._-]*$/, "a key: a letter, then letters, digits, . _ -")
  .max(100);
const label = z.string().trim().min(1).max(100);
const description = z.string().trim().max(500).default("");

export const risks = ["low", "medium", "medium-high", "high"] as const;
export const riskSchema = z.enum(risks);
export type Risk = z.infer<typeof riskSchema>;

export const scopes = ["global", "organization", "team", "personal"] as const;
export const scopeSchema = z.enum(scopes);
export type Scope = z.infer<typeof scopeSchema>;

/**
 * What the console itself guards. A catalogue binds each to one of its permissions;
 * an unbound capability is held by nobody.
 */
export const capabilities = [
  "viewUsers",
  "manageUsers",
  "manageSuperusers",
  "viewRoles",
  "manageRoles",
  "viewSettings",
  "manageSettings",
  "viewAudit",
  "viewReports",
  "manageSessions",
  "manageTokens",
  "manageOrganizations",
  "grantBeyondOwn",
] as const;
export const capabilitySchema = z.enum(capabilities);
export type Capability = z.infer<typeof capabilitySchema>;

/** Something a data filter can look at. `of` says whose attribute it is. */
export const attributeSchema = z.strictObject({
  key,
  label,
  description,
  of: z.enum(["subject", "action", "resource", "context"]).default("resource"),
  kind: z.enum(["text", "number", "instant", "choice", "managed"]).default("text"),
  /** The allowed values of a `choice`, lowest first: `gte` and `lte` compare their positions. */
  values: z.array(z.string().min(1).max(100)).max(200).default([]),
});
export type Attribute = z.infer<typeof attributeSchema>;

/**
 * One test of a data filter. The attribute must be present: what the resource lacks does not pass.
 * `withinDays` passes when the instant lies in the last `value` days before the instant of the decision.
 */
export const conditionSchema = z.discriminatedUnion("test", [
  z.strictObject({
    attribute: key,
    test: z.literal("in"),
    values: z
      .array(z.union([z.string(), z.number()]))
      .min(1)
      .max(500),
  }),
  /** In one of these groups of managed values, whoever belongs to it at the time of the question. */
  z.strictObject({ attribute: key, test: z.literal("inGroup"), values: z.array(z.string()).min(1).max(500) }),
  z.strictObject({ attribute: key, test: z.enum(["gte", "lte"]), value: z.union([z.string(), z.number()]) }),
  z.strictObject({ attribute: key, test: z.literal("withinDays"), value: z.number().positive().max(36500) }),
]);
export type Condition = z.infer<typeof conditionSchema>;

/** One limit of a grant: the scope and every condition must hold. Several limits of one grant are a union. */
export const limitSchema = z.strictObject({
  scope: scopeSchema.default("global"),
  where: z.array(conditionSchema).max(20).default([]),
});
export type Limit = z.infer<typeof limitSchema>;

/** A permission key alone is an unconditional grant. */
export const grantSchema = z.union([
  key.transform((permission) => ({ permission, limits: [] as Limit[] })),
  z.strictObject({ permission: key, limits: z.array(limitSchema).min(1).max(20) }),
]);
export type CatalogueGrant = z.infer<typeof grantSchema>;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a local time such as 08:30");

/**
 * Allowed hours and days in local wall time of `timeZone` (IANA name).
 * `from` later than `to` crosses midnight and belongs to the day on which it opens; equal means the whole day.
 */
export const windowSchema = z.strictObject({
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7).default([1, 2, 3, 4, 5, 6, 7]),
  from: clock.default("00:00"),
  to: clock.default("24:00"),
  timeZone: z.string().min(1).max(64),
});
export type Window = z.infer<typeof windowSchema>;

/** What the role's holders may do through the API; the most generous of the active roles wins. */
export const apiAccessSchema = z.union([
  z.enum(["full", "read_only", "none"]),
  z.strictObject({
    endpoints: z
      .array(z.string().regex(/^(GET|POST|PUT|PATCH|DELETE|\*) \/\S*$/))
      .min(1)
      .max(200),
  }),
]);
export type ApiAccess = z.infer<typeof apiAccessSchema>;

export const permissionGroupSchema = z.strictObject({
  key,
  label,
  description,
  risk: riskSchema.default("medium"),
});

export const permissionSchema = z.strictObject({
  key,
  label,
  description,
  group: key,
  implies: z.array(key).default([]),
  dangerous: z.boolean().default(false),
  /** Without effect while this feature is off. */
  feature: key.optional(),
});

export const roleSchema = z.strictObject({
  key,
  label,
  description,
  rank: z.number().int().min(0).max(1_000_000).default(0),
  /** Holds every permission, bar the excepted ones, whatever is stored. */
  superuser: z.boolean().default(false),
  except: z.array(key).default([]),
  /** Takes every right from whoever holds it, whatever other roles give (Rudder's no_rights). */
  blocking: z.boolean().default(false),
  /** The grants of a locked role are never edited here. */
  locked: z.boolean().default(false),
  /** Assigned and taken away by holders of manageSuperusers only. */
  guarded: z.boolean().default(false),
  dangerous: z.boolean().default(false),
  inherits: z.array(key).default([]),
  grants: z.array(grantSchema).default([]),
  window: windowSchema.optional(),
  api: apiAccessSchema.default("full"),
});

export const presetSchema = z.strictObject({ key, label, description, roles: z.array(key).min(1).max(20) });

export const templateSchema = z.strictObject({
  key,
  label,
  description,
  permissions: z.union([z.literal("all"), z.array(key)]),
});

export const catalogueSchema = z.strictObject({
  catalogue: key,
  label,
  description,
  /** `single`: a user has exactly one role. */
  assignment: z.enum(["single", "multiple"]),
  features: z.array(z.strictObject({ key, label, enabled: z.boolean().default(false) })).default([]),
  attributes: z.array(attributeSchema).default([]),
  groups: z.array(permissionGroupSchema).min(1),
  permissions: z.array(permissionSchema).min(1).max(5000),
  /** Short names that a role expression may use for several permissions (`rule_all`). */
  aliases: z.array(z.strictObject({ key, permissions: z.array(key).min(1) })).default([]),
  /** A user's roles can be written as a role expression: a list of roles, permissions and aliases. */
  roleExpressions: z.boolean().default(false),
  roles: z.array(roleSchema).min(1).max(1000),
  presets: z.array(presetSchema).default([]),
  templates: z.array(templateSchema).default([]),
  customRoles: z
    .strictObject({
      enabled: z.boolean(),
      rank: z.number().int().min(0).default(0),
      keyPattern: z.string().default("^[a-z0-9_]+$"),
      keyHint: z.string().default("lowercase letters, digits and underscores"),
      reserved: z.array(z.string()).default([]),
    })
    .prefault({ enabled: false }),
  firstUserRoles: z.array(key).min(1),
  newUserRoles: z.array(key).min(1),
  capabilities: z.partialRecord(capabilitySchema, key),
  /** Roles that may not run empty, most important first: a later one counts only while all before it are empty. */
  neverEmpty: z.array(key).default([]),
});

/** A catalogue as written; `checkCatalogue` proves that its keys refer to each other. */
export type Catalogue = z.infer<typeof catalogueSchema>;
