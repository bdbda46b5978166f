import { once } from "node:events";
import { createReadStream, readdirSync } from "node:fs";
import type { RequestListener, ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type HttpPort, newHttpPort } from "./http-port.ts";
import { listen } from "./listen.ts";
import { pause } from "./pause.ts";

let port: HttpPort;
let at: number;
let clients: Socket[];

async function open(handler: RequestListener, patience: Parameters<typeof newHttpPort>[0] = {}) {
  port = newHttpPort(patience);
  at = await listen(port.server, 0, "127.0.0.1");
  port.serve(handler);
}

beforeEach(() => {
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await port.close();
});

const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;

/** A client that sends `text`, and reads unless told otherwise. */
function client(text: string, { reads = true } = {}) {
  const socket = connect(at, "127.0.0.1", () => socket.write(text));
  clients.push(socket);
  const got = { text: "" };
  socket.on("error", () => undefined);
  if (reads) socket.on("data", (chunk) => (got.text += chunk));
  else socket.pause();
  return { socket, got, closed: once(socket, "close").catch(() => undefined) };
}

const large = Buffer.alloc(50_000_000);

/** Waits for something that has to come about; the test's own limit of time is the only one. */
async function until(holds: () => boolean) {
  while (!holds()) await pause(5);
}

/** Requests that are answered when the test says so. */
function holding() {
  const begun: string[] = [];
  const answers: ServerResponse[] = [];
  const handler: RequestListener = (request, response) => {
    begun.push(request.url ?? "");
    answers.push(response);
  };
  return { begun, answers, handler };
}

test("a request begins when the answer before it is over, and the third at once is refused", async () => {
  const { begun, answers, handler } = holding();
  await open(handler);
  const { got, closed } = client(["/a", "/b", "/c", "/d", "/e"].map(get).join(""));
  await until(() => begun.length > 0);
  await setImmediate();
  expect(begun).toEqual(["/a"]);
  answers[0]?.end("first");
  await until(() => begun.length > 1);
  expect(begun).toEqual(["/a", "/b"]);
  answers[1]?.end("second");
  await closed;
  expect(begun).toEqual(["/a", "/b"]);
  expect(got.text.match(/HTTP\/1.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 503"]);
  expect(got.text).toMatch(/first[\s\S]*second[\s\S]*connection: close[\s\S]*problem\+json/);
});

test("a client may send the next one as soon as it has the whole answer, though nobody ended it yet", async () => {
  const { begun, answers, handler } = holding();
  await open(handler);
  const { socket, got } = client(get("/a"));
  for (const path of ["/b", "/c", "/d"]) {
    await until(() => answers.length === begun.length && answers.at(-1)?.writableEnded === false);
    const answer = answers.at(-1);
    const before = got.text.length;
    answer?.writeHead(200, { "content-length": 4 }).write("done");
    await until(() => got.text.slice(before).endsWith("done"));
    socket.write(get(path));
    await pause(5);
    answer?.end();
    await until(() => begun.at(-1) === path);
  }
  expect(begun).toEqual(["/a", "/b", "/c", "/d"]);
});

test("what a client that left had sent behind does not begin, and what was begun is closed", async () => {
  const { begun, answers, handler } = holding();
  await open(handler);
  const { socket } = client(get("/a") + get("/b"));
  await until(() => begun.length > 0);
  socket.destroy();
  await until(() => answers[0]?.destroyed === true);
  await pause(20);
  expect(begun).toEqual(["/a"]);
});

test.each(["close", "keep-alive"])(
  "nothing begins on a connection that ends with an answer: %s",
  async (said) => {
    const { begun, answers, handler } = holding();
    await open(handler);
    const { socket, closed } = client(get("/a") + get("/b"));
    await until(() => begun.length > 0);
    if (said === "keep-alive") socket.end();
    await pause(20);
    answers[0]?.writeHead(200, { connection: said });
    answers[0]?.end("first");
    await closed;
    await pause(20);
    expect(begun).toEqual(["/a"]);
  },
);

const descriptors = () => readdirSync("/proc/self/fd").length;

test("files are closed, however many were asked for and never read", async () => {
  let begun = 0;
  await open((_request, response) => {
    begun += 1;
    const file = createReadStream(process.execPath);
    response.once("close", () => file.destroy());
    file.pipe(response);
  });
  const before = descriptors();
  const asking = [
    ...Array.from({ length: 20 }, () => client(get("/file").repeat(50), { reads: false })),
    ...Array.from({ length: 20 }, () => client(get("/file"), { reads: false })),
  ];
  await until(() => begun >= 40);
  expect(begun).toBe(40);
  for (const { socket } of asking) socket.destroy();
  await until(() => descriptors() <= before + 2);
});

test("an answer of which nothing is read ends the connection, and one that is still worked on does not", async () => {
  const { answers, handler } = holding();
  await open(handler, { unread: 50 });
  const slow = client(get("/slow"));
  await until(() => answers.length === 1);
  const unread = client(get("/unread"), { reads: false });
  await until(() => answers.length === 2);
  answers[1]?.end(large);
  await until(() => answers[1]?.destroyed === true);
  await pause(200);
  expect(answers[0]?.destroyed).toBe(false);
  answers[0]?.end("at last");
  await until(() => slow.got.text.endsWith("at last"));
  unread.socket.destroy();
});

/** Sends empty lines, which are no request, for as long as the connection lasts. */
async function babble(socket: Socket) {
  while (!socket.destroyed) {
    socket.write("\r\n");
    await pause(5);
  }
}

test.each([
  ["nothing of the answer", 1e9, "cut off"],
  ["some of it, but too slowly", 1e9, "cut off"],
  ["it as slowly as some do", 1_000, "let be"],
])("a client that sends something now and then and reads %s", async (reads, slowest, end) => {
  const { answers, handler } = holding();
  await open(handler, { unread: 100, slowest });
  const { socket } = client(get("/large"), { reads: false });
  await until(() => answers.length === 1);
  void babble(socket);
  answers[0]?.end(large);
  for (let count = 0; count < 60; count += 1) {
    if (!reads.startsWith("nothing")) socket.read(10_000);
    await pause(10);
  }
  if (end === "let be") expect(answers[0]?.destroyed).toBe(false);
  else await until(() => answers[0]?.destroyed === true);
});

test("a connection over which nothing is asked ends though it sends something, and one that is used does not", async () => {
  await open((_request, response) => void response.end("answered"), { idle: 200 });
  const used = client(get("/used"));
  const idle = client(get("/idle"));
  void babble(idle.socket);
  for (let count = 0; count < 10; count += 1) {
    await pause(50);
    used.socket.write(get("/used"));
  }
  await idle.closed;
  expect(used.socket.destroyed).toBe(false);
});

test("what Node would refuse by itself has our headers too", async () => {
  await open((_request, response) => void response.end("answered"));
  const texts = ["GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nhost: x\r\nexpect: banana\r\n\r\n"].map(
    (text) => client(text),
  );
  const [noHost, banana] = texts;
  await Promise.all([noHost?.closed, banana?.closed]);
  expect(noHost?.got.text).toMatch(/^HTTP\/1.1 400 /);
  expect(banana?.got.text).toMatch(/^HTTP\/1.1 417 /);
  for (const one of [noHost, banana]) {
    expect(one?.got.text).toContain("content-security-policy: default-src 'self'");
    expect(one?.got.text).toContain("cache-control: no-store");
  }
});
