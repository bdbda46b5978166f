import { refuseClosed } from "./closed-addresses.ts";

const mebibyte = 1024 * 1024;

/**
 * A provider's answer is a stranger's: never larger than this, never slower, and never from where it points to.
 * The time holds for the whole of the body.
 */
export function limitedFetch(milliseconds: number, most = mebibyte) {
  return async (url: string, request: RequestInit): Promise<Response> => {
    await refuseClosed(new URL(url).hostname);
    const answer = await fetch(url, {
      ...request,
      redirect: "manual",
      signal: AbortSignal.timeout(milliseconds),
    });
    const { status, headers } = answer;
    const body = await readAtMost(answer, most);
    return new Response(body.byteLength === 0 && [204, 205, 304].includes(status) ? null : body, {
      status,
      headers,
    });
  };
}

async function readAtMost(answer: Response, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body ?? []) {
    length += part.byteLength;
    if (length > most) throw new Error(`The answer is larger than ${most} bytes.`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
