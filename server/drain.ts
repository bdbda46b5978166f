import type { RequestListener, Server, ServerResponse } from "node:http";
import { type Socket, Server as TcpServer } from "node:net";

export interface Drain {
  /** Every request passes here: its answer is under way until all of it was sent. */
  watch: (handler: RequestListener) => RequestListener;
  /**
   * Takes no new connection. Those that wait for nothing end now, the others with the answer that is due, which says so.
   * What is then not over within `patience` milliseconds is cut off.
   */
  close: (patience?: number) => Promise<void>;
}

interface Connection {
  answers: Set<ServerResponse>;
  /** Since when, by `performance.now()`, the last answer is sent, and how many bytes had been read by then. */
  sent?: { at: number; read: number };
}

/**
 * Node serves the connections of a closed server on and on, and calls a connection idle while its answer is still being
 * sent. Here it is idle when it had an answer, all of it was sent, and nothing came since.
 * @param quiet milliseconds after which no next request is likely to be on its way: a busy client sends it at once
 */
export function newDrain(server: Server, quiet: number): Drain {
  const connections = new Map<Socket, Connection>();
  let draining = false;
  const closeWhenIdle = (socket: Socket, connection: Connection) => {
    const { answers, sent } = connection;
    if (socket.destroyed || answers.size > 0 || sent?.read !== socket.bytesRead) return;
    const left = sent.at + quiet - performance.now();
    if (left <= 0) socket.destroy();
    else setTimeout(() => closeWhenIdle(socket, connection), left);
  };
  server.on("connection", (socket: Socket) => {
    connections.set(socket, { answers: new Set() });
    socket.once("close", () => connections.delete(socket));
  });

  const watch: Drain["watch"] = (handler) => (request, response) => {
    const { socket } = request;
    const connection = connections.get(socket);
    if (!connection) return void response.destroy();
    connection.answers.add(response);
    if (draining) response.shouldKeepAlive = false;
    response.once("close", () => {
      connection.answers.delete(response);
      connection.sent = { at: performance.now(), read: socket.bytesRead };
      if (draining) closeWhenIdle(socket, connection);
    });
    handler(request, response);
  };

  const close: Drain["close"] = async (patience = 10_000) => {
    if (!server.listening) return;
    draining = true;
    // Not that of HTTP, which would end what it calls idle.
    const closed = new Promise<void>((done) => TcpServer.prototype.close.call(server, () => done()));
    for (const [socket, connection] of connections) {
      for (const response of connection.answers) response.shouldKeepAlive = false;
      closeWhenIdle(socket, connection);
    }
    const cut = () => {
      for (const socket of connections.keys()) socket.destroy();
    };
    const timer = setTimeout(cut, patience);
    await closed;
    clearTimeout(timer);
  };
  return { watch, close };
}
