import { type Agent, fetch, type RequestInit as Init } from "undici";
import { refuseLarge } from "#lib/kernel/read-json.ts";
import { openedByOperator } from "./opened.ts";
import { newOutgoingAgent } from "./outgoing-agent.ts";

const mebibyte = 1024 * 1024;
/** Of JSON, as `readJson` counts: some thousand groups of somebody, or keys. */
export const largestAnswer = { values: 50_000, depth: 32 };
let shared: Agent | undefined;

interface Limits {
  /** For everything, from the look-up of the name to the end of the body. */
  milliseconds: number;
  /** Of the body, unpacked. */
  bytes?: number;
  agent?: Agent;
}

/**
 * The one way out of the console: an answer is a stranger's, never larger and never slower than this, never from where
 * it points to, and never from an address that is closed.
 * @throws whatever went wrong; `closedAddressIn` says whether the address was closed
 */
export function limitedFetch({ milliseconds, bytes = mebibyte, agent }: Limits) {
  return async (url: string, request: RequestInit): Promise<Response> => {
    shared ??= newOutgoingAgent({ opened: openedByOperator });
    const answer = await fetch(url, {
      ...(request as Init),
      dispatcher: agent ?? shared,
      redirect: "manual",
      signal: AbortSignal.timeout(milliseconds),
    });
    const { status, headers } = answer;
    const body = await readAtMost(answer.body, bytes);
    // Whoever asked parses it with a package.
    if (/json/i.test(headers.get("content-type") ?? "")) refuseLarge(body, largestAnswer);
    return new Response(body.byteLength === 0 && [204, 205, 304].includes(status) ? null : body, {
      status,
      headers: [...headers],
    });
  };
}

async function readAtMost(
  body: AsyncIterable<Uint8Array> | null,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.byteLength;
    if (length > most) throw new Error(`The answer is larger than ${most} bytes.`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
