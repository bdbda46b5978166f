import { z } from "zod";
import { confirmedSchema } from "#lib/assignments/schema.ts";

export const registrationSchema = z.object({
  enabled: z.boolean(),
  /** The role of people who sign themselves up. */
  role: z.string("Choose a role.").min(1, "Choose a role.").max(100),
});
/** What the form sends: a dangerous default role is confirmed, which is not stored. */
export const saveRegistrationSchema = registrationSchema.extend({ confirmed: confirmedSchema });
export type Registration = z.infer<typeof registrationSchema>;

/** A whole number as JSON or a form says it; an emptied field is a mistake, not a zero. */
const whole = (low: number, high: number, what: string) =>
  z
    .union(
      [
        z.number(),
        z
          .string()
          .trim()
          .regex(/^\d{1,6}$/)
          .transform(Number),
      ],
      what,
    )
    .pipe(z.number(what).int(what).min(low, what).max(high, what));

/** How people prove who they are, and for how long that holds. The defaults follow NIST SP 800-63B-4. */
export const securitySchema = z.object({
  passwordMinimum: whole(8, 64, "Give a number of characters from 8 to 64.").default(15),
  requireUppercase: z.boolean().default(false),
  requireLowercase: z.boolean().default(false),
  requireDigit: z.boolean().default(false),
  requireSymbol: z.boolean().default(false),
  /** How many former passwords may not come back; 0 for none. */
  passwordHistory: whole(0, 24, "Give a number of passwords from 0 to 24.").default(5),
  /** A session unused for so many minutes ends. */
  idleMinutes: whole(5, 43_200, "Give a number of minutes from 5 to 43,200 (30 days).").default(1440),
  /** However much it is used, a session ends after so many hours. */
  absoluteHours: whole(1, 720, "Give a number of hours from 1 to 720 (30 days).").default(168),
  /** Before a dangerous act somebody must have proven who they are within so many minutes; 0 never asks. */
  reauthMinutes: whole(0, 1440, "Give a number of minutes from 0 to 1,440.").default(30),
  trustedDeviceDays: whole(1, 365, "Give a number of days from 1 to 365.").default(30),
  /** Holders of these roles need a second factor: until they have one they can only enrol. */
  secondFactorRoles: z.array(z.string().min(1).max(100)).max(1000).default([]),
});
export type Security = z.infer<typeof securitySchema>;
