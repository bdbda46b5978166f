import type { IncomingMessage } from "node:http";
import { bodyLimits, bodyParsed, readBody } from "./body-limit.ts";

/**
 * The fields of a form that is URL-encoded. They are counted before they are parsed, because Node takes quadratic time for
 * many of them: a megabyte of `&a` would hold up everybody for seconds.
 * @returns undefined when there are more than `most`
 */
export function urlEncoded(text: string, most: number): URLSearchParams | undefined {
  let fields = 1;
  for (let at = text.indexOf("&"); at !== -1; at = text.indexOf("&", at + 1)) {
    fields += 1;
    if (fields > most) return undefined;
  }
  return new URLSearchParams(text);
}

/** Whether a request says that it brings a form that is URL-encoded. */
export const isUrlEncoded = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
  /^application\/x-www-form-urlencoded(?:;|$)/i.test(headers["content-type"] ?? "");

/**
 * What such a form of at most `limit` bytes says in the field `name`; nothing where it has too many fields.
 * @throws as `readBody`
 */
export async function sentValues(request: IncomingMessage, limit: number, name: string): Promise<string[]> {
  const body = await readBody(request, limit);
  const values = urlEncoded(body.toString("utf8"), bodyLimits.stranger.fields)?.getAll(name) ?? [];
  bodyParsed(request);
  return values;
}
