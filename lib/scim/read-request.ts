import { JsonTooLarge, readJson } from "#lib/kernel/read-json.ts";
import { invalid } from "./invalid.ts";

export const deepest = 12;
export const tooDeep = `Nest at most ${deepest} levels.`;
/** Of everything that is sent at once: five times what the largest group has. */
export const mostValues = 50_000;
export const tooMany = `Send at most ${mostValues.toLocaleString("en-GB")} values at once.`;

/**
 * What a client sent, as JSON. Operations stand one level below the request.
 * @throws AppError invalid, reason invalidSyntax or, before anything is parsed, invalidValue
 */
export function readRequest(body: Uint8Array): unknown {
  try {
    return readJson(body, { values: mostValues, depth: deepest + 1 });
  } catch (error) {
    if (!(error instanceof JsonTooLarge)) throw invalid("invalidSyntax", "The body is not JSON.");
    throw invalid("invalidValue", error.bound === "depth" ? tooDeep : tooMany);
  }
}
