import {
  AuthorizationResponseError,
  OperationProcessingError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from "oauth4webapi";
import { AppError } from "#lib/kernel/errors.ts";
import { tryExchange, vouchedBy } from "#lib/oidc/index.ts";
import type { OidcProvider } from "#lib/providers/index.ts";
import type { TestOutcome } from "./test-runs.ts";

interface CodeAnswer {
  /** The query with which the provider sent the browser back. */
  query: string;
  state: string;
  nonce: string;
  verifier: string;
  redirectUri: string;
}

/** What a sign-in would have made of the provider's answer; what goes wrong is said in words. */
export async function tryCode(provider: OidcProvider, answer: CodeAnswer): Promise<TestOutcome> {
  const { query, state, nonce, verifier: codeVerifier, redirectUri } = answer;
  const parameters = Object.fromEntries(new URLSearchParams(query));
  try {
    const told = await tryExchange(provider, { parameters, state, nonce, codeVerifier, redirectUri });
    const { claims, unread, email, emailVerified } = vouchedBy(provider, told);
    const address =
      email === undefined
        ? ("none" as const)
        : emailVerified
          ? ("verified" as const)
          : ("unverified" as const);
    return { claims, address, ...(unread && { unread }) };
  } catch (error) {
    return { failure: wordsOf(error), reason: reasonOf(error) };
  }
}

const known: Record<string, string> = {
  invalid_client: "The provider refuses the client ID or the client secret: look at both.",
  unauthorized_client:
    "The provider does not let this client sign people in with a code: look at its registration.",
  invalid_grant: "The provider refuses the code: it was used before or came too late. Try again.",
  redirect_uri_mismatch: "The provider knows another redirect URI: copy the one of this page there.",
  access_denied:
    "The provider says that access was denied: somebody cancelled, or may not use this application.",
  invalid_scope: "The provider does not know one of the scopes: take out what it does not list.",
  login_required: "The provider wants somebody to sign in first.",
};

/** The provider's own word where it has one (RFC 6749), or which kind of answer it was. */
function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.reason;
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return Object.hasOwn(known, error.error) ? error.error : "refused_at_provider";
  if (error instanceof WWWAuthenticateChallengeError) return "invalid_client";
  return error instanceof OperationProcessingError ? "check_failed" : "unreadable";
}

function wordsOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    const said = error.error_description ? `${error.error}: ${error.error_description}` : error.error;
    return `${known[error.error] ?? "The provider refuses."} It says: ${said.slice(0, 300)}`;
  }
  if (error instanceof WWWAuthenticateChallengeError) return known.invalid_client ?? "";
  if (error instanceof OperationProcessingError) return `A check failed: ${error.message.slice(0, 300)}.`;
  return "The provider's answer could not be read.";
}
