import { cookies } from "next/headers";
import { z } from "zod";
import { seal, unseal } from "#lib/kernel/seal.ts";
import { keptCookie } from "./provider-dance.ts";
import { requestFacts } from "./request.ts";

const signedOutSchema = z.object({
  state: z.string(),
  /** The provider's name. */
  label: z.string(),
  /** Whether the provider was to end its own session as well. */
  there: z.boolean(),
  /** The provider's address, for a page that leads there without scripts. */
  to: z.string().optional(),
});
export type SignedOut = z.infer<typeof signedOutSchema>;

const purpose = "signed out";
const owner = "browser";
const lasts = 10 * 60;
/** What browsers keep in one cookie, less its name. */
const longest = 3_900;

const cookieName = (secure: boolean) => `${secure ? "__Host-" : ""}bailiwick-signed-out`;

/** Notes in the browser, sealed, that somebody has signed out, for the page on which they arrive. */
export async function keepSignedOut(signedOut: SignedOut): Promise<void> {
  const { secure } = await requestFacts();
  const options = { ...keptCookie(secure), maxAge: lasts };
  (await cookies()).set(cookieName(secure), sealed(signedOut), options);
}

function sealed(signedOut: SignedOut): string {
  const text = Buffer.from(seal(purpose, owner, JSON.stringify(signedOut))).toString("base64url");
  return text.length <= longest || signedOut.to === undefined ? text : sealed(withoutHint(signedOut));
}

/** Too long for a cookie: the provider then asks the person before it signs them out. */
function withoutHint({ to, ...rest }: SignedOut): SignedOut {
  const url = to && URL.canParse(to) ? new URL(to) : undefined;
  if (!url?.searchParams.has("id_token_hint")) return rest;
  url.searchParams.delete("id_token_hint");
  return { ...rest, to: url.href };
}

export async function readSignedOut(): Promise<SignedOut | undefined> {
  const { secure } = await requestFacts();
  const kept = (await cookies()).get(cookieName(secure))?.value;
  if (!kept) return undefined;
  try {
    return signedOutSchema.parse(JSON.parse(unseal(purpose, owner, Buffer.from(kept, "base64url"))));
  } catch {
    return undefined;
  }
}
