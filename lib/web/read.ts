import { forbidden, notFound, redirect } from "next/navigation";
import type { z } from "zod";
import { AppError, isRefusal } from "#lib/kernel/errors.ts";
import { type Query, runQuery } from "#lib/kernel/operation.ts";
import { withReference } from "./failure.ts";
import { requestFacts } from "./request.ts";
import { confirmPath, enrolmentPath, signInPath } from "./return-path.ts";
import { currentCall } from "./session.ts";

/** Runs a query for a page. Whoever may not see it gets the sign-in page or the Forbidden page, and none of the data. */
export async function read<I extends z.ZodType, R>(query: Query<I, R>, input: z.input<I>): Promise<R> {
  try {
    return await runQuery(query, await currentCall("page"), input);
  } catch (error) {
    if (!isRefusal(error)) throw withReference(error);
    if (error.code === "unauthenticated") redirect(signInPath((await requestFacts()).path));
    if (error.reason === "second_factor_required") redirect(enrolmentPath);
    if (error.reason === "proof_required") redirect(confirmPath((await requestFacts()).path));
    if (error.code === "forbidden") forbidden();
    // An address with what no page of ours leads to, such as `?edit=x`: there is nothing there.
    if (error.code === "not_found" || error.code === "invalid") notFound();
    throw withReference(error);
  }
}

/** The same for something that may be gone: then nothing, instead of the Not found page. */
export async function readIfThere<I extends z.ZodType, R>(
  query: Query<I, R>,
  input: z.input<I>,
): Promise<R | undefined> {
  try {
    return await runQuery(query, await currentCall("page"), input);
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "invalid"))
      return undefined;
    return read(query, input);
  }
}
