import { Agent, type IncomingMessage, request } from "node:http";
import { gunzipSync } from "node:zlib";

export interface Sent {
  method?: "GET" | "POST" | "PATCH";
  path: string;
  headers?: Record<string, string>;
  body?: Buffer | string;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Unpacked. */
  text: string;
  /** Of the body, as it came over the wire. */
  bytes: number;
}

export type Ask = (sent: Sent) => Promise<Answer>;

/** A browser's connections to one server: kept open, and asking for gzip unless a request says otherwise. */
export function connectionsTo(address: string): { ask: Ask; close(): void } {
  const agent = new Agent({ keepAlive: true });
  const { hostname: host, port } = new URL(address);
  const ask: Ask = ({ method = "GET", path, headers, body }) =>
    new Promise((done, fail) => {
      const own = { "accept-encoding": "gzip", ...(body && { "content-length": Buffer.byteLength(body) }) };
      const options = { agent, host, port, method, path, headers: { ...own, ...headers } };
      const send = () => {
        const sent = request(options, (response) => read(response).then(done, fail));
        sent.on("error", (error: NodeJS.ErrnoException) => {
          // The server closed a connection that had been idle just when it was taken again: browsers take another one.
          if (sent.reusedSocket && error.code === "ECONNRESET") send();
          else fail(error);
        });
        sent.end(body);
      };
      send();
    });
  return { ask, close: () => agent.destroy() };
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  const packed = response.headers["content-encoding"] === "gzip";
  const text = (packed ? gunzipSync(raw) : raw).toString("utf8");
  return { status: response.statusCode ?? 0, headers: response.headers, text, bytes: raw.length };
}
