import type { IncomingMessage } from "node:http";

/** How many chunks are let pass, and how many bytes the others must have on average. */
const free = 64;
const least = 64;

/**
 * Node handles each chunk of a body by itself, whether anybody reads it or not: a megabyte in chunks of one byte costs
 * as much as thousands of requests. No client needs that.
 * @param refuse called once, when there are too many; what still comes is dropped
 */
export function refuseTinyChunks(request: IncomingMessage, refuse: () => void): void {
  if (request.headers["transfer-encoding"] === undefined) return;
  const push = request.push.bind(request);
  let [chunks, bytes] = [0, 0];
  request.push = (chunk: Buffer | null, encoding) => {
    if (chunk === null) return push(chunk, encoding);
    chunks += 1;
    bytes += chunk.length;
    if (chunks <= free + bytes / least) return push(chunk, encoding);
    request.push = () => true;
    refuse();
    return true;
  };
}
