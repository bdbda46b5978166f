import { z } from "zod";

export const registrationSchema = z.object({
  enabled: z.boolean(),
  /** The role of people who sign themselves up. */
  role: z.string("Choose a role.").min(1, "Choose a role.").max(100),
});
export type Registration = z.infer<typeof registrationSchema>;
