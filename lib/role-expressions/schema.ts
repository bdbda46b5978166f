import { z } from "zod";

export const expressionSchema = z
  .string("Write a role expression.")
  .normalize("NFKC")
  .trim()
  .max(2000, "A role expression has at most 2,000 characters.")
  .regex(/^\P{Cc}*$/u, "Use plain text on one line.");

/** `id`: whose roles it would replace. */
export const explainExpressionSchema = z.object({
  id: z.uuid("There is no such user.").optional(),
  expression: expressionSchema.default(""),
});
