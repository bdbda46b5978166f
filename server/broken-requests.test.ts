import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type HttpPort, newHttpPort } from "./http-port.ts";
import { listen } from "./listen.ts";
import { pause } from "./pause.ts";

let port: HttpPort;
let at: number;
let accepted: Socket[];

beforeEach(async () => {
  accepted = [];
  port = newHttpPort();
  port.server.on("connection", (socket) => accepted.push(socket));
  at = await listen(port.server, 0, "127.0.0.1");
  port.serve((_request, response) => void response.end("answered"));
});
afterEach(() => port.close());

const upgrade = "GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n";
const refused: [string, string][] = [
  ["CONNECT", "CONNECT a:1 HTTP/1.1\r\nhost: x\r\n\r\n"],
  ["an upgrade", upgrade],
  ["an upgrade behind a request", `GET / HTTP/1.1\r\nhost: x\r\n\r\n${upgrade}`],
  ["what is no request", "NONSENSE\r\n\r\n"],
];

test.each(refused)("%s whose sender leaves at once ends its own connection only", async (_, text) => {
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.on("uncaughtException", note);
  for (let times = 0; times < 40; times += 1) {
    const socket = connect(at, "127.0.0.1", () => socket.write(text, () => socket.resetAndDestroy()));
    socket.on("error", () => undefined);
    await once(socket, "close");
  }
  while (accepted.length === 0 || !accepted.every(({ destroyed }) => destroyed)) await pause(5);
  await pause(20);
  process.off("uncaughtException", note);
  expect(uncaught).toEqual([]);
});

test.each(refused)("%s ends the connection, also when its sender keeps it open", async (_, text) => {
  const socket = connect({ port: at, host: "127.0.0.1", allowHalfOpen: true });
  socket.write(text);
  let answer = "";
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) answer += chunk;
  expect(answer).toMatch(/HTTP\/1.1 400 [\s\S]*connection: close/);
  while (!accepted.every(({ destroyed }) => destroyed)) await pause(20);
  socket.destroy();
});
