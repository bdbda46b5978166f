import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "#lib/kernel/caller.ts";
import { patience, type Turns, turnsAt } from "#lib/kernel/turns.ts";
import { ArrivingBody, RequestAborted } from "./arriving-body.ts";
import { bodyLimits, expectBody, hasBody, isLong, isUpload } from "./body-limit.ts";
import { enterRoom } from "./body-room.ts";
import { refuse } from "./broken-requests.ts";
import { nextRound } from "./next-round.ts";

/** How long a request waits for each of its turns, and how many may wait. */
const inLine = { patience, waiting: 512 };
/** For how many milliseconds at most nobody reads a long body after another one. */
const longestRest = 100;
const unlimited = Number.POSITIVE_INFINITY;

/**
 * One caller's requests until the last byte of their answers, however slowly the caller reads: it is the caller's own, so
 * there is no limit to all of these together. A browser asks for all files of a page.
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

/**
 * Reading a long body takes the processor for tens of milliseconds: one is read at a time, and everything else goes on in
 * between. Strangers' bodies hold up those of strangers.
 */
const longBodies = {
  known: () => turnsAt("long bodies of the known", () => ({ atOnce: 1, ...inLine })),
  stranger: () => turnsAt("long bodies of strangers", () => ({ atOnce: 1, ...inLine })),
};

/** Bodies of more than a form may have: as many of one caller as there is room for, and the next waits unread. */
const uploads = () => turnsAt("uploads of one caller", () => ({ atOnce: unlimited, each: 2, ...inLine }));

/**
 * Answers a request when it is its turn; one whose client has left by then is dropped. The turn ends when the answer is
 * complete or waits for the client to read it. A body is waited for outside of any turn: a short one before, a longer
 * one after it was judged who asks, and then another turn comes, for a long body behind the turn to read it. Turns are
 * taken in one order, so that nobody holds one of all of them while waiting for somebody else's body.
 * @throws AppError unavailable, reason busy, as every queue does; RequestAborted
 */
export async function inTurn(
  { request, response, path }: { request: IncomingMessage; response: ServerResponse; path: string },
  caller: Caller,
  begin: () => Promise<unknown> | unknown,
): Promise<void> {
  if (response.destroyed || !response.socket) return;
  const closed = new Promise<void>((done) => response.once("close", done));
  // A file of the build costs next to nothing but a descriptor.
  const isFile = ["GET", "HEAD"].includes(request.method ?? "") && path.startsWith("/_next/static/");
  const held: Partial<Record<"upload" | "place" | "body" | "work", () => void>> = {};
  let over = false;
  const leave = (...which: (keyof typeof held)[]) => {
    for (const one of which) {
      held[one]?.();
      delete held[one];
    }
  };
  const enter = async (one: keyof typeof held, queue: Turns) => {
    held[one] = await queue.enter(caller);
    if (!over && !response.destroyed) return;
    leave("work", "body", "place", "upload");
    throw new RequestAborted();
  };
  const take = async () => {
    await enter("place", isFile ? own.file() : own.work());
    const isRead = body.isHere && body.bytes.length > bodyLimits.stranger.bytes;
    if (isRead) await enter("body", longBodies[caller.whom]());
    if (!isFile) await enter("work", work[caller.whom]());
    if (body.isHere) room?.begun();
    if (!isRead) return;
    await nextRound();
    if (!held.body) throw new RequestAborted();
    held.body = withRest(held.body);
  };
  const cut = () => {
    over = true;
    body.drop();
    // Behind another answer nothing can be said.
    if (response.socket && !response.headersSent) refuse(request.socket, 503, "Service Unavailable");
    else request.socket.destroy();
  };
  const room = hasBody(request) ? enterRoom(caller, cut) : undefined;
  const body = new ArrivingBody(request, room);
  const { promise: forgotten, resolve: tellForgotten } = Promise.withResolvers<void>();
  /** Of what was parsed, or will not be, nothing is kept: whoever reads the answer slowly takes no room from others. */
  const forget = () => {
    tellForgotten();
    body.drop();
    room?.leave();
    leave("body", "upload");
  };
  const outside = async (most: number) => {
    leave("work", "body", "place");
    const { bytes } = bodyLimits.signedIn;
    // What is said to be no upload, or says nothing, may become one.
    const isOne = isUpload(request) || (most > bytes && !(await body.come(bytes)));
    if (isOne && !held.upload) await enter("upload", uploads());
    const came = await body.come(most);
    await take();
    return came;
  };
  expectBody(request, { body, outside, parsed: forget, forgotten });
  try {
    if (room && !isLong(request)) await body.come(bodyLimits.stranger.bytes);
    await take();
    void untilClientReads(response).then(() => {
      forget();
      leave("work");
    });
    // Next never says that it is done with a file whose client left, so a turn is over when the answer is closed; but
    // what fails is told at once.
    const begun = (async () => begin())();
    await Promise.race([closed, begun.then(() => closed)]);
  } finally {
    over = true;
    forget();
    leave("work", "place");
  }
}

/**
 * Ends a turn to read after as long again as it took, so that half of the time is everybody else's. The next one is not
 * held up for ever by a body whose reader had to wait itself.
 */
function withRest(end: () => void): () => void {
  const began = performance.now();
  return () => void setTimeout(end, Math.min(performance.now() - began, longestRest));
}

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
