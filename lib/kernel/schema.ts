import { z } from "zod";

/** No control characters: they would break logs, mails and exports. */
export const printable = /^\P{Cc}*$/u;

/** What something is called. */
export const nameSchema = z
  .string("Give a name.")
  .normalize("NFKC")
  .trim()
  .min(1, "Give a name.")
  .max(100, "A name has at most 100 characters.")
  .regex(printable, "Use plain text only.");

export const descriptionSchema = z
  .string()
  .normalize("NFKC")
  .trim()
  .max(500, "A description has at most 500 characters.")
  .regex(printable, "Use plain text only.")
  .default("");
