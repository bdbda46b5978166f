import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { isLong } from "./body-limit.ts";
import { answerBrokenRequests, refuse, type Upgrade } from "./broken-requests.ts";
import { type Drain, newDrain } from "./drain.ts";
import { watchConnections } from "./one-at-a-time.ts";
import { sendHealthy } from "./problem.ts";
import { readTarget } from "./request-target.ts";
import { protect, sendBare } from "./send-bare.ts";
import { refuseTinyChunks } from "./tiny-chunks.ts";

export interface HttpPort {
  server: Server;
  /** From here on requests are answered by `handler`; until then they are told to come back. */
  serve(handler: RequestListener, upgrade?: Upgrade): void;
  /** Lets requests under way finish for a while, over connections that are kept alive too; see `Drain`. */
  close: Drain["close"];
}

const patience = {
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
};

/** For how many milliseconds an answer may wait for a client that reads nothing of it. */
const unreadFor = 30_000;

/** Bytes a second that are read of it at least: the largest file of a page may take some minutes. */
const slowestReader = 1024;

/** For how many milliseconds a connection is kept that asks nothing: one that did not send anything ends before that. */
const idleFor = patience.keepAliveTimeout + patience.headersTimeout + patience.connectionsCheckingInterval;

/** For how many milliseconds after an answer a client that works may be sending its next request. */
const quietAfter = 200;

export function newHttpPort({
  unread = unreadFor,
  slowest = slowestReader,
  idle = idleFor,
  quiet = quietAfter,
} = {}): HttpPort {
  let answer: RequestListener = notYet;
  // What Node refuses by itself has none of our headers, so it leaves that to us.
  const server = createServer({ ...patience, requireHostHeader: false });
  const { watch, close } = newDrain(server, quiet);
  const { take } = watchConnections(server, { unread, slowest, idle });
  for (const asked of ["request", "checkExpectation"])
    server.on(asked, (request, response) =>
      refuseTinyChunks(request, () => {
        const { socket } = request;
        // Behind another answer, or within its own, nothing can be said.
        if (response.socket && !response.headersSent) refuse(socket, 400, "Bad Request");
        socket.destroy();
      }),
    );
  server.on(
    "request",
    watch(
      take((request, response) => {
        // Whoever answers without reading a body would have Node read on, for as long as somebody sends.
        if (isLong(request)) response.setHeader("connection", "close");
        if (request.headers.host === undefined && request.httpVersion === "1.1")
          return refuseAndClose(response, 400);
        answer(request, response);
      }),
    ),
  );
  server.on("checkExpectation", watch(take((_request, response) => refuseAndClose(response, 417))));
  const setUpgrade = answerBrokenRequests(server);
  return {
    server,
    close,
    serve: (handler, upgrade) => {
      answer = handler;
      if (upgrade) setUpgrade(upgrade);
    },
  };
}

function refuseAndClose(response: ServerResponse, status: number): void {
  response.setHeader("connection", "close");
  sendBare(response, status);
}

/** A console that migrates for minutes lives: whoever watches it by `/api/health` must not end it. */
const notYet: RequestListener = (request, response) => {
  if (readTarget(request.url)?.pathname !== "/api/health")
    return sendBare(response, 503, "Bailiwick is starting.");
  protect(response);
  sendHealthy(response);
};
