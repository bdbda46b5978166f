import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "#lib/kernel/caller.ts";
import { turnsAt } from "#lib/kernel/turns.ts";
import { bodyLimits, readEarly } from "./body-limit.ts";

/** How long a request waits for each of its turns, in milliseconds, and how many may wait. */
const inLine = { patience: 10_000, waiting: 512 };
const unlimited = Number.POSITIVE_INFINITY;

/**
 * One caller's requests from their first byte to the last one of their answers, however slowly the caller sends and
 * reads: it is the caller's own, so there is no limit to all of these together. A browser asks for all files of a page.
 */
const own = {
  work: () => turnsAt("requests of one caller", () => ({ atOnce: unlimited, each: 16, ...inLine })),
  file: () => turnsAt("files of one caller", () => ({ atOnce: unlimited, each: 64, ...inLine })),
};

/** What is done for them: never while the caller is waited for. Strangers have turns of their own. */
const work = {
  known: () => turnsAt("requests of the known", () => ({ atOnce: 64, ...inLine })),
  stranger: () => turnsAt("requests of strangers", () => ({ atOnce: 32, ...inLine })),
};

/** Strangers who send more than a form has: it is in memory until it is judged. */
const longBodies = () => turnsAt("long bodies of strangers", () => ({ atOnce: 32, each: 4, ...inLine }));

/**
 * Answers a request when it is its turn; one whose client has left by then is dropped. The turn ends when the answer is
 * complete or waits for the client to read it.
 * @throws AppError unavailable, reason busy, as every queue does; RequestAborted
 */
export function inTurn(
  { request, response, path }: { request: IncomingMessage; response: ServerResponse; path: string },
  caller: Caller,
  begin: () => Promise<unknown> | unknown,
): Promise<void> {
  if (response.destroyed || !response.socket) return Promise.resolve();
  const closed = new Promise<void>((done) => response.once("close", done));
  // Next never says that it is done with a file whose client left, so a turn is over when the answer is closed; but what
  // fails is told at once.
  let begun: Promise<unknown> = closed;
  const answer = async () => {
    if (response.destroyed) return;
    const enough = Promise.race([closed, untilClientReads(response)]);
    begun = (async () => begin())();
    await Promise.race([enough, begun.then(() => enough)]);
  };
  const over = () => Promise.race([closed, begun.then(() => closed)]);
  if (isFile(path))
    return own.file().run(caller, async () => {
      await answer();
      await over();
    });
  return own.work().run(caller, async () => {
    const most = caller.whom === "known" ? bodyLimits.provisioning.bytes : bodyLimits.stranger.bytes;
    const isHere = response.destroyed || (await readEarly(request, most));
    const turns = isHere || caller.whom === "known" ? work[caller.whom]() : longBodies();
    await turns.run(caller, answer);
    await over();
  });
}

/** A file of the build, which costs next to nothing but a descriptor. */
const isFile = (path: string): boolean => path.startsWith("/_next/static/");

/** Until nothing is left to do but to wait for the client. */
function untilClientReads(response: ServerResponse): Promise<void> {
  const { write, end } = response;
  return new Promise((done) => {
    Object.assign(response, {
      write: (...args: unknown[]) => {
        const hasRoom = Reflect.apply(write, response, args);
        if (!hasRoom) done();
        return hasRoom;
      },
      end: (...args: unknown[]) => {
        Reflect.apply(end, response, args);
        done();
        return response;
      },
    });
  });
}
