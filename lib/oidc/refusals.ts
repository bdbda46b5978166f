import { AppError } from "#lib/kernel/errors.ts";
import { log } from "#lib/kernel/log.ts";
import type { OidcProvider } from "#lib/providers/index.ts";

type Named = Pick<OidcProvider, "slug" | "label">;

/** The provider did not answer, or not as one does. What it was goes to the log, for whoever runs the console. */
export function unreachable(provider: Named, cause: unknown): AppError {
  noted(provider, "provider_unreachable", cause);
  const message = `${provider.label} cannot be reached, or does not answer as an OpenID provider does: try again in a minute, and tell an administrator if it stays so.`;
  return new AppError("conflict", "provider_unreachable", message);
}

/** Something about the answer is not as it has to be: nobody is signed in by it. */
export function untrusted(provider: Named, cause: unknown): AppError {
  noted(provider, "provider_answer_refused", cause);
  const message = `What ${provider.label} answered could not be trusted, so nobody was signed in: try again, and tell an administrator if it happens again.`;
  return new AppError("unauthenticated", "provider_answer_refused", message);
}

/** The provider itself said no, or the person did. */
export function refusedThere({ label }: Named): AppError {
  const message = `${label} did not sign you in: try again there, or ask whoever runs it.`;
  return new AppError("unauthenticated", "refused_at_provider", message);
}

/** A logout token that is none. Whoever sent it is told no more than that. */
export function logoutRefused(provider: Named, cause: unknown): AppError {
  noted(provider, "logout_token_refused", cause);
  return new AppError("unauthenticated", "logout_token_refused", "The logout token was not accepted.");
}

/** Nobody is refused for it. */
export function userinfoFailed(provider: Named, cause: unknown): void {
  noted(provider, "userinfo_failed", cause);
}

/** Without what came over the wire: tokens would be among it. */
function noted({ slug }: Named, reason: string, cause: unknown): void {
  const said = cause instanceof Error ? cause : new Error(String(cause));
  const code = "code" in said ? said.code : undefined;
  const beneath = said.cause instanceof Error ? said.cause.message : undefined;
  log().warn({ provider: slug, reason, code, said: said.message, beneath }, "identity provider");
}
