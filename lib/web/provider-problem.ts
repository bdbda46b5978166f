import { samlWords } from "#lib/saml/index.ts";
import { problemWords, waysToSignIn } from "#lib/sso/index.ts";
import type { SearchProps } from "./page-href.ts";
import { read } from "./read.ts";

/** What went wrong at a provider, in words, when the address of this page says that something did. */
export async function providerProblem(
  params: Awaited<SearchProps["searchParams"]>,
): Promise<string | undefined> {
  if (params.problem === undefined) return undefined;
  const { providers } = await read(waysToSignIn, {});
  const label = providers.find(({ slug }) => slug === params.provider)?.label ?? "The identity provider";
  return problemWords(params.problem, label) ?? samlWords(params.problem);
}
