import { z } from "zod";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { sendsLinks } from "#lib/mail/index.ts";
import { openRegistration } from "./registration-open.ts";
import { linkTokenSchema } from "./schema.ts";
import { addressOfSignUpLink } from "./sign-up-link.ts";

/** What the sign-up page asks for: an address to send a link to, or everything that an account needs. */
export type SignUpStep =
  | { step: "closed" | "address" | "dead_link" }
  /** `email`: the address that the link proved; undefined where no mail is sent. */
  | { step: "account"; email: string | undefined };

/** A wrong link, one that is too old and one whose address has an account by now are the same to the page. */
export const checkSignUpLink = defineQuery({
  name: "check sign-up link",
  needs: "public",
  input: z.object({ token: linkTokenSchema }),
  async run({ reader, call }, { token }): Promise<SignUpStep> {
    if (!(await openRegistration(reader))) return { step: "closed" };
    if (!sendsLinks()) return { step: "account", email: undefined };
    if (token === "") return { step: "address" };
    const email = addressOfSignUpLink(token, call.at);
    if (email === undefined) return { step: "dead_link" };
    const owner = await reader.user.findUnique({
      where: { emailKey: normaliseKey(email) },
      select: { id: true },
    });
    return owner ? { step: "dead_link" } : { step: "account", email };
  },
});
