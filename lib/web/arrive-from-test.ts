import { redirect } from "next/navigation";
import { isRefusal } from "#lib/kernel/errors.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { finishTest, testMark } from "#lib/sso/index.ts";
import { signInPath } from "./return-path.ts";
import { currentCall } from "./session.ts";

/** Whether a provider answers a test sign-in, which its state tells apart. */
export const isTestAnswer = (parameters: URLSearchParams): boolean =>
  parameters.get("state")?.startsWith(testMark) === true;

/** What the provider said is kept to be looked at, and nobody is signed in. */
export async function arriveFromTest(slug: string, parameters: URLSearchParams): Promise<never> {
  const done = `/settings/sso/${encodeURIComponent(slug)}/test/done`;
  try {
    await runCommand(finishTest, await currentCall("page"), { slug, query: parameters.toString() });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (error.code === "unauthenticated") redirect(signInPath(done));
  }
  // One that was over already shows what is there of it.
  redirect(done);
}
