import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "#lib/kernel/caller.ts";
import { patience, turnsAt } from "#lib/kernel/turns.ts";
import { ArrivingBody, RequestAborted } from "./arriving-body.ts";
import { bodyLimits, expectBody, hasBody, isLong } from "./body-limit.ts";
import { enterRoom } from "./body-room.ts";
import { refuse } from "./broken-requests.ts";

/** How long a request waits for each of its turns, and how many may wait. */
const inLine = { patience, waiting: 512 };
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
 * Answers a request when it is its turn; one whose client has left by then is dropped. The turn ends when the answer is
 * complete or waits for the client to read it. A body is waited for outside of any turn: a short one before, a longer
 * one after it was judged who asks, and then another turn comes.
 * @throws AppError unavailable, reason busy, as every queue does; RequestAborted
 */
export async function inTurn(
  { request, response, path }: { request: IncomingMessage; response: ServerResponse; path: string },
  caller: Caller,
  begin: () => Promise<unknown> | unknown,
): Promise<void> {
  if (response.destroyed || !response.socket) return;
  const closed = new Promise<void>((done) => response.once("close", done));
  const queues = isFile(path) ? [own.file()] : [own.work(), work[caller.whom]()];
  let [place, turn]: Leave[] = [];
  let over = false;
  const leave = () => {
    turn?.();
    place?.();
  };
  const take = async () => {
    [place, turn] = [undefined, undefined];
    for (const queue of queues) {
      const left = await queue.enter(caller);
      if (place) turn = left;
      else place = left;
      if (over || response.destroyed) {
        leave();
        throw new RequestAborted();
      }
    }
  };
  const cut = () => {
    // Behind another answer nothing can be said.
    if (response.socket && !response.headersSent) refuse(request.socket, 503, "Service Unavailable");
    else request.socket.destroy();
  };
  const room = hasBody(request) ? enterRoom(caller, cut) : undefined;
  void closed.then(room?.leave);
  const body = new ArrivingBody(request, room);
  const outside = async <T>(wait: () => Promise<T>) => {
    leave();
    const came = await wait();
    await take();
    return came;
  };
  expectBody(request, { body, outside });
  try {
    if (room && !isLong(request)) await body.come(bodyLimits.stranger.bytes);
    await take();
    void untilClientReads(response).then(() => turn?.());
    // Next never says that it is done with a file whose client left, so a turn is over when the answer is closed; but
    // what fails is told at once.
    const begun = (async () => begin())();
    await Promise.race([closed, begun.then(() => closed)]);
  } finally {
    over = true;
    room?.arrived();
    leave();
  }
}

type Leave = (() => void) | undefined;

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
