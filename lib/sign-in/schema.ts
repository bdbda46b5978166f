import { z } from "zod";

export const signInSchema = z.object({
  /** Username or email address. */
  identifier: z
    .string("Give your username or email.")
    .trim()
    .min(1, "Give your username or email.")
    .max(254, "At most 254 characters."),
  password: z
    .string("Give your password.")
    .min(1, "Give your password.")
    .max(1000, "At most 1,000 characters."),
});
