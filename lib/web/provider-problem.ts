import { samlWords } from "#lib/saml/index.ts";
import { problemWords, waysToSignIn } from "#lib/sso/index.ts";
import type { SearchProps } from "./page-href.ts";
import { read } from "./read.ts";

/** What went wrong at a provider, when the address of this page says that something did. */
export async function providerProblem(
  params: Awaited<SearchProps["searchParams"]>,
): Promise<{ reason: string; message: string } | undefined> {
  const { problem: reason } = params;
  if (typeof reason !== "string") return undefined;
  const { providers } = await read(waysToSignIn, {});
  const label = providers.find(({ slug }) => slug === params.provider)?.label ?? "The identity provider";
  const message = problemWords(reason, label) ?? samlWords(reason);
  return message === undefined ? undefined : { reason, message };
}
