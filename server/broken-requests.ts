import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { problemBody } from "./problem.ts";
import { contentSecurityPolicy, newNonce, securityHeaders } from "./security-headers.ts";

const statuses: Record<string, [number, string]> = {
  HPE_HEADER_OVERFLOW: [431, "Request Header Fields Too Large"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout"],
};

/** For how many milliseconds a client may still read why it was refused. */
const lingers = 1_000;

export type Upgrade = (...args: unknown[]) => void;

/**
 * Requests that never become one (unreadable, too slow, upgrades) get the same headers, and end the connection.
 * Returns how to let upgrades in after all.
 */
export function answerBrokenRequests(server: Server): (upgrade: Upgrade) => void {
  const refuseUpgrade = (_request: IncomingMessage, socket: Duplex) => refuse(socket, 400, "Bad Request");
  // Node stops listening to a socket that it hands over, and an error that nobody listens to ends the process.
  server.on("connection", (socket) => socket.on("error", () => socket.destroy()));
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
    refuse(socket, ...(statuses[error.code ?? ""] ?? [400, "Bad Request"]));
  });
  server.on("connect", refuseUpgrade);
  server.on("upgrade", refuseUpgrade);
  return (upgrade) => {
    server.off("upgrade", refuseUpgrade);
    server.on("upgrade", upgrade);
  };
}

/** Ends a connection with an answer of ours, whatever became of the request. */
export function refuse(socket: Duplex, status: number, reason: string): void {
  const body = problemBody(status);
  const headers = {
    ...securityHeaders({ policy: contentSecurityPolicy(newNonce()), secure: false }),
    "cache-control": "no-store",
    "content-type": "application/problem+json",
    "content-length": Buffer.byteLength(body),
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${lines.join("")}\r\n${body}`);
  // A client that keeps its side open, or reads nothing, would keep the connection for ever.
  setTimeout(() => socket.destroy(), lingers).unref();
}
