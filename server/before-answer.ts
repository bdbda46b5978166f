import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

export interface OwnAnswer {
  status: number;
  headers: OutgoingHttpHeaders;
  /** Undefined for HEAD. */
  body: string | undefined;
}

/**
 * Looks at what Next is about to send, once, before its first byte. `choose` gets its status and returns the status to
 * send it under, or another answer, of which then nothing is Next's but the cookies.
 */
export function beforeAnswer(
  response: ServerResponse,
  choose: (status: number) => number | Promise<OwnAnswer>,
): void {
  const ours = new Set(response.getHeaderNames());
  const { writeHead, write, end, flushHeaders } = response;
  let whose: "next" | "own" | undefined;
  let undecided: typeof choose | undefined = choose;

  function decide(status: number): number {
    if (!undecided) return status;
    const chosen = undecided(status);
    // What it keeps, such as the form that was sent, is not kept for as long as somebody reads the answer.
    undecided = undefined;
    whose = typeof chosen === "number" ? "next" : "own";
    if (typeof chosen === "number") return chosen;
    chosen.then(send, (error: Error) => response.destroy(error));
    return status;
  }

  /** Past whatever packages put around these methods meanwhile, such as compression. */
  function send({ status, headers, body }: OwnAnswer): void {
    for (const name of response.getHeaderNames())
      if (!ours.has(name) && name !== "set-cookie") response.removeHeader(name);
    Reflect.apply(writeHead, response, [status, headers]);
    Reflect.apply(end, response, [body]);
  }

  /** Sends on what Next sends, unless the answer is another. */
  const passing =
    (method: (...args: never[]) => unknown) =>
    (...args: unknown[]) => {
      response.statusCode = decide(response.statusCode);
      return whose === "own" ? response : Reflect.apply(method, response, args);
    };
  Object.assign(response, {
    write: passing(write),
    end: passing(end),
    flushHeaders: passing(flushHeaders),
    writeHead(status: number, ...rest: unknown[]) {
      const chosen = decide(status);
      return whose === "own" ? response : Reflect.apply(writeHead, response, [chosen, ...rest]);
    },
  });
}
