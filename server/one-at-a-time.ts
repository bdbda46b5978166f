import type { RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { sendBare } from "./send-bare.ts";

interface Connection {
  /** The answer that is under way. */
  answer: ServerResponse;
  /** How many requests came behind it: one may, of a client that knows the length of this answer before we end it. */
  behind: number;
  /** Since when, by `performance.now()`, something waits to be read, and how many bytes had gone before that. */
  waits?: { since: number; gone: number } | undefined;
  /** Since when nothing is asked. */
  idle?: number;
}

export interface Connections {
  /** Answers one request of a connection at a time. */
  take: (handler: RequestListener) => RequestListener;
}

interface Patience {
  /** Milliseconds that a client may read nothing of an answer. */
  unread: number;
  /** Bytes a second that it has to read after that. */
  slowest: number;
  /** Milliseconds that it may ask nothing over a connection that had an answer. */
  idle: number;
}

/**
 * Node begins every request that was sent over a connection at once, and closes no answer whose turn never came. Here the
 * next one begins when the answer before it is over. Whoever sends a third meanwhile is told so, and loses the
 * connection. A client that does not read its answer is not waited for; of one that leaves, Node closes the answer.
 */
export function watchConnections(server: Server, { unread, slowest, idle }: Patience): Connections {
  const connections = new Map<Socket, Connection>();
  const isWorking = (socket: Socket) => {
    const answer = connections.get(socket)?.answer;
    return answer !== undefined && !answer.destroyed && !answer.writableEnded;
  };
  // Node tells this when nothing moved for a while: nothing came, nothing was written, and of what waits nothing was read.
  server.setTimeout(unread, (socket: Socket) => {
    if (!isWorking(socket) || socket.writableLength > 0) socket.destroy();
  });
  /** Whoever sends something now and then, be it an empty line, keeps that from happening, so it does not count here. */
  const isOver = (socket: Socket, connection: Connection, now: number) => {
    if (socket.writableLength === 0) delete connection.waits;
    else connection.waits ??= { since: now, gone: socket.bytesWritten - socket.writableLength };
    if (!connection.answer.destroyed) delete connection.idle;
    else connection.idle ??= now;
    const { waits } = connection;
    const due = waits && waits.since + unread + ((socket.bytesWritten - waits.gone) / slowest) * 1000;
    return (due ?? now) < now || (connection.idle ?? now) + idle < now;
  };
  const look = setInterval(() => {
    const now = performance.now();
    for (const [socket, connection] of connections) if (isOver(socket, connection, now)) socket.destroy();
  }, Math.min(unread, idle) / 6).unref();
  server.once("close", () => clearInterval(look));
  const leave = (socket: Socket) => connections.delete(socket);
  server.on("upgrade", (_request, socket: Socket) => leave(socket));
  return {
    take: (handler) => (request, response) => {
      const { socket } = request;
      const before = connections.get(socket);
      const begin = (behind: number) => {
        if (!connections.has(socket)) socket.once("close", () => leave(socket));
        connections.set(socket, { answer: response, behind, waits: connections.get(socket)?.waits });
        handler(request, response);
      };
      if (!before || before.answer.destroyed) return begin(0);
      before.behind += 1;
      if (before.behind === 1)
        before.answer.once("close", () => {
          // Without a socket it would never be closed: the connection ends with the answer before.
          if (response.socket && !socket.destroyed) begin(before.behind - 1);
        });
      else if (before.behind === 2) {
        socket.pause();
        response.setHeader("connection", "close");
        sendBare(response, 503, "One request at a time.");
      }
    },
  };
}
