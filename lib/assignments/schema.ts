import { z } from "zod";
import { printable } from "#lib/kernel/schema.ts";

/** What a form sends for nothing chosen. */
const orNothing = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" || value === null ? undefined : value), schema.optional());

const instant = z.iso
  .datetime({ offset: true, error: "Give a date and a time." })
  .transform((text) => new Date(text));

const clock = (what: string) =>
  z.string(what).regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "A time of day such as 08:30.");

/** Allowed hours and days. Whether the time zone exists is a rule of the operation. */
const hoursSchema = z.object({
  days: z
    .array(z.coerce.number().int().min(1).max(7))
    .min(1, "Choose at least one day.")
    .max(7)
    .transform((days) => [...new Set(days)].sort((one, other) => one - other)),
  from: clock("From when?"),
  to: clock("Until when?"),
  timeZone: z.string("Choose a time zone.").trim().min(1, "Choose a time zone.").max(64),
});

/** When an assignment holds, and where. All of it optional: for good, at every hour, everywhere. */
export const validitySchema = z.object({
  startsAt: orNothing(instant),
  endsAt: orNothing(instant),
  window: hoursSchema.optional(),
  organizationId: orNothing(z.uuid("Choose an organization.")),
  teamId: orNothing(z.uuid("Choose a team.")),
  reason: orNothing(
    z
      .string()
      .trim()
      .max(500, "A reason has at most 500 characters.")
      .regex(printable, "Use plain text only, on one line."),
  ),
});
export type Validity = z.output<typeof validitySchema>;

/** An assignment as somebody wants it: one that is held has its id, a new one has none. */
export const wantedAssignmentSchema = validitySchema.extend({
  id: orNothing(z.uuid("There is no such assignment.")),
  role: z.string("Choose a role.").min(1, "Choose a role.").max(100),
});
export type WantedAssignment = z.output<typeof wantedAssignmentSchema>;

/** Why somebody needs a role for a time. */
export const neededReasonSchema = z
  .string("Say what it is for.")
  .trim()
  .min(3, "Say what it is for.")
  .max(500, "A reason has at most 500 characters.")
  .regex(printable, "Use plain text only, on one line.");

/** A place that an assignment can be narrowed to. */
export interface Place {
  id: string;
  name: string;
}

/** Where somebody belongs. */
export interface Places {
  /** Whether the installation has any organization at all. */
  exist: boolean;
  organizations: readonly Place[];
  teams: readonly (Place & { organizationId: string })[];
}

/** Allowed hours as screens show them. */
export interface HoursView {
  days: number[];
  from: string;
  to: string;
  timeZone: string;
}

/** An assignment as screens show it. */
export interface AssignmentView {
  id: string;
  role: { key: string; label: string; description: string; dangerous: boolean; window: HoursView | null };
  source: string;
  givenBy: string | null;
  givenAt: Date;
  reason: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  window: HoursView | null;
  organization: { id: string; name: string } | null;
  team: { id: string; name: string } | null;
  temporary: boolean;
  /** False for what another system gives and takes. */
  editable: boolean;
  /** Counts at this moment. */
  active: boolean;
  /** When it counts next; null while it does, and when it will not within two weeks of its start. */
  opensAt: Date | null;
  /** While it counts: when hours close it. */
  closesAt: Date | null;
  /** The rule that keeps whoever asks from taking it away. */
  takeWhy: string | undefined;
}
/** Keys of the dangerous roles or permissions that whoever sends this means to give. */
export const confirmedSchema = z.array(z.string().min(1).max(100)).max(5000).default([]);
