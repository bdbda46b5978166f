import { AppError } from "#lib/kernel/errors.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { finishTest, testMark } from "#lib/sso/index.ts";
import { requestFacts } from "./request.ts";
import { signInPath } from "./return-path.ts";
import { currentCall } from "./session.ts";

/**
 * A provider's answer to a test sign-in, which its state tells apart: it is kept to be looked at, and signs nobody in.
 * Undefined for every other request.
 */
export async function testAnswer(
  { search, searchParams }: Pick<URL, "search" | "searchParams">,
  [step, slug, ...rest]: readonly string[],
): Promise<Response | undefined> {
  const isTest = searchParams.get("state")?.startsWith(testMark) === true;
  if (step !== "callback" || slug === undefined || rest.length > 0 || !isTest) return undefined;
  const done = `/settings/sso/${encodeURIComponent(slug)}/test/done`;
  try {
    await runCommand(finishTest, await currentCall("page"), { slug, query: search.slice(1) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "unauthenticated") return leadTo(signInPath(done));
  }
  return leadTo(done);

  async function leadTo(path: string): Promise<Response> {
    const { origin } = await requestFacts();
    const headers = { location: new URL(path, origin).href, "cache-control": "no-store" };
    return new Response(null, { status: 303, headers });
  }
}
