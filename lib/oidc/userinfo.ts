import { type Client, processUserInfoResponse, userInfoRequest } from "oauth4webapi";
import type { Claims, OidcProvider } from "#lib/providers/index.ts";
import { type Metadata, requestOptions } from "./metadata.ts";
import { proveSignature } from "./prove-signature.ts";
import { userinfoFailed } from "./refusals.ts";

/** Nobody waits longer than this for what is only more about a person who is known already. */
const patience = 5_000;

/**
 * More about the person whom the ID token named. That it fails stops nobody, but nothing may be concluded from what
 * it would have said. An answer about somebody else is no answer.
 */
export async function readUserinfo(
  provider: OidcProvider,
  metadata: Metadata,
  client: Client,
  accessToken: string,
  subject: string,
): Promise<Claims | "failed" | undefined> {
  if (!metadata.userinfo_endpoint) return undefined;
  const options = requestOptions(provider.settings.enforceHttps, patience);
  try {
    const answer = await userInfoRequest(metadata, client, accessToken, options);
    const claims = await processUserInfoResponse(metadata, client, subject, answer);
    if (answer.headers.get("content-type")?.startsWith("application/jwt"))
      await proveSignature(metadata, answer, options);
    return claims as Claims;
  } catch (error) {
    userinfoFailed(provider, error);
    return "failed";
  }
}
