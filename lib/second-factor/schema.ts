import { z } from "zod";

/** Six digits, as people type them: with a gap in the middle, too. */
const totpCodeSchema = z
  .string("Give the code.")
  .max(20, "The code has six digits.")
  .transform((text) => text.replaceAll(/[\s-]/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, "The code has six digits."));

export const confirmTotpSchema = z.object({ code: totpCodeSchema });

const passkeyNameSchema = z
  .string("Give it a name.")
  .normalize("NFKC")
  .trim()
  .min(1, "Give it a name.")
  .max(60, "At most 60 characters.")
  .regex(/^\P{Cc}*$/u, "Use plain text only.");

/** What the browser's passkey dialog answers, as JSON text: a form can carry it. */
function answerSchema<T extends z.ZodType>(inner: T) {
  const wrong = "The browser's answer is not a passkey's: try again.";
  return z
    .string(wrong)
    .max(60_000, wrong)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: wrong });
        return z.NEVER;
      }
    })
    .pipe(inner);
}

const base64url = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\w-]*$/);
const credential = {
  id: base64url(2000).min(1),
  rawId: base64url(2000),
  type: z.literal("public-key"),
};

const passkeyMadeSchema = answerSchema(
  z.object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url(4000),
      attestationObject: base64url(40_000),
      transports: z
        .array(
          z
            .string()
            .max(30)
            .regex(/^[\w-]*$/),
        )
        .max(10)
        .optional(),
    }),
  }),
);

export const passkeyShownSchema = answerSchema(
  z.object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url(4000),
      authenticatorData: base64url(4000),
      signature: base64url(4000),
      userHandle: base64url(200).nullish(),
    }),
  }),
);
export type PasskeyShown = z.output<typeof passkeyShownSchema>;

export const addPasskeySchema = z.object({ name: passkeyNameSchema, response: passkeyMadeSchema });
export const itemSchema = z.object({ id: z.uuid() });
