import { once } from "node:events";
import type { RequestListener, ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type HttpPort, newHttpPort } from "./http-port.ts";
import { listen } from "./listen.ts";
import { pause } from "./pause.ts";

/** In milliseconds: longer than a test may take. Neither patience nor idleness ends a connection here. */
const long = 600_000;

let port: HttpPort;
let at: number;
let clients: Socket[];
let answers: ServerResponse[];
/** Answers paths that begin with /now, and leaves the others to the test. */
const handler: RequestListener = (request, response) => {
  if (request.url?.startsWith("/now")) response.end("now");
  else answers.push(response);
};

async function open(quiet: number) {
  port = newHttpPort({ quiet });
  port.server.keepAliveTimeout = long;
  at = await listen(port.server, 0, "127.0.0.1");
  port.serve(handler);
}

beforeEach(() => {
  clients = [];
  answers = [];
  return open(0);
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await port.close();
});

const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;

/** A connection that is kept alive, as proxies have them. */
function client({ reads = true } = {}) {
  const socket = connect(at, "127.0.0.1");
  clients.push(socket);
  const got = { text: "" };
  const errors: string[] = [];
  socket.on("error", ({ message }) => errors.push(message));
  if (reads) socket.on("data", (chunk) => (got.text += chunk));
  else socket.pause();
  return {
    socket,
    got,
    errors,
    closed: once(socket, "close"),
    ask: (path: string) => socket.write(get(path)),
  };
}

async function until(holds: () => boolean) {
  while (!holds()) await pause(5);
}

test("a connection that waits for nothing ends at once, one that a request is due on with its answer", async () => {
  const idle = client();
  idle.ask("/now");
  await until(() => idle.got.text.endsWith("now"));
  const busy = client();
  busy.ask("/now");
  busy.ask("/slow");
  await until(() => answers.length === 1);
  const closed = port.close(long);
  await idle.closed;
  expect(busy.socket.destroyed).toBe(false);
  answers[0]?.end("at last");
  await busy.closed;
  expect(busy.got.text).toMatch(/Connection: keep-alive[\s\S]*Connection: close[\s\S]*at last$/);
  expect([...idle.errors, ...busy.errors]).toEqual([]);
  await closed;
});

test("a request that comes over a kept connection meanwhile is answered, and is the last one", async () => {
  const { socket, got, closed } = client();
  socket.write(get("/now").slice(0, 20));
  const first = client();
  first.ask("/now");
  await until(() => first.got.text.endsWith("now"));
  first.socket.write(get("/now").slice(0, 20));
  await pause(50);
  const stopped = port.close(long);
  for (const late of [socket, first.socket]) late.write(get("/now").slice(20));
  await Promise.all([closed, first.closed]);
  expect(got.text).toMatch(/^HTTP\/1.1 200 [\s\S]*Connection: close[\s\S]*now$/);
  expect(first.got.text).toMatch(/Connection: keep-alive[\s\S]*now[\s\S]*Connection: close[\s\S]*now$/);
  await stopped;
});

test("what a busy client sends while it is not told yet is answered", async () => {
  await port.close();
  await open(long);
  const { got, errors, closed, ask } = client();
  ask("/now");
  await until(() => got.text.endsWith("now"));
  const stopped = port.close(long);
  await pause(20);
  ask("/now");
  await closed;
  expect(got.text).toMatch(/Connection: keep-alive[\s\S]*now[\s\S]*Connection: close[\s\S]*now$/);
  expect(errors).toEqual([]);
  await stopped;
});

test("an answer whose beginning had been sent is sent to its end, and the connection ends with it", async () => {
  const { got, closed, ask } = client();
  ask("/slow");
  await until(() => answers.length === 1);
  answers[0]?.write("begun ");
  await until(() => got.text.includes("begun"));
  const stopped = port.close(long);
  await pause(20);
  answers[0]?.end("and ended");
  await closed;
  expect(got.text).toMatch(/begun [\s\S]*and ended/);
  await stopped;
});

test("a client that reads slowly gets all of an answer that was written before", async () => {
  const { socket, got, closed, ask } = client({ reads: false });
  ask("/slow");
  await until(() => answers.length === 1);
  const text = "x".repeat(20_000_000);
  answers[0]?.writeHead(200, { "content-length": text.length }).end(text);
  const stopped = port.close(long);
  await pause(50);
  expect(socket.destroyed).toBe(false);
  socket.on("data", (chunk) => (got.text += chunk));
  socket.resume();
  await closed;
  expect(got.text.length).toBeGreaterThan(text.length);
  await stopped;
});

test("what is not over within the patience is cut off", async () => {
  const { got, closed, ask } = client();
  ask("/slow");
  await until(() => answers.length === 1);
  await port.close(50);
  await closed;
  expect(got.text).toBe("");
});
