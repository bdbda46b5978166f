import type { RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { sendBare } from "./send-bare.ts";

interface Connection {
  /** The answer that is under way. */
  answer: ServerResponse;
  /** How many requests came behind it: one may, of a client that knows the length of this answer before we end it. */
  behind: number;
}

export interface Connections {
  /** Answers one request of a connection at a time. */
  take: (handler: RequestListener) => RequestListener;
}

/**
 * Node begins every request that was sent over a connection at once, and closes no answer whose turn never came. Here the
 * next one begins when the answer before it is over. Whoever sends a third meanwhile is told so, and loses the
 * connection. A client that does not read its answer is not waited for; of one that leaves, Node closes the answer.
 */
export function watchConnections(server: Server, unread: number): Connections {
  const connections = new WeakMap<Socket, Connection>();
  const isWorking = (socket: Socket) => {
    const answer = connections.get(socket)?.answer;
    return answer !== undefined && !answer.destroyed && !answer.writableEnded;
  };
  // Node tells this when nothing moved for a while: nothing came, nothing was written, and of what waits nothing was read.
  server.setTimeout(unread, (socket: Socket) => {
    if (!isWorking(socket) || socket.writableLength > 0) socket.destroy();
  });
  return {
    take: (handler) => (request, response) => {
      const { socket } = request;
      const before = connections.get(socket);
      const begin = (behind: number) => {
        connections.set(socket, { answer: response, behind });
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
