import { once } from "node:events";
import type { RequestListener, ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { account, type Caller } from "#lib/kernel/caller.ts";
import { knownCaller, rememberBrowser, rememberCaller } from "#lib/kernel/known-callers.ts";
import { registry } from "#lib/kernel/registry.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { listenerWith } from "#test/listener-with.ts";
import { readBody } from "./body-limit.ts";
import { apiDoors, type Door } from "./doors.ts";
import { type HttpPort, newHttpPort } from "./http-port.ts";
import { listen } from "./listen.ts";
import { pause } from "./pause.ts";

let port: HttpPort;
let at: number;
let clients: Socket[];
let arrived: string[];
let answers: ServerResponse[];

/** Pages that answer when the test says so, and never say that they are done, as Next does when a client left. */
const pages: RequestListener = (request, response) => {
  arrived.push(request.url ?? "");
  answers.push(response);
  return new Promise<void>(() => undefined);
};

/** Reads a long body, as the door of SAML responses does. */
const reader: Door = async ({ request, response, url }) => {
  if (url.pathname !== "/long") return false;
  arrived.push("/long");
  await readBody(request, 1_000_000);
  response.end("read");
  return true;
};

beforeEach(async () => {
  [clients, arrived, answers] = [[], [], []];
  registry().slots.clear();
  port = newHttpPort();
  at = await listen(port.server, 0, "127.0.0.1");
  port.serve(
    listenerWith({
      doors: [...apiDoors({ ready: async () => true }), reader],
      pages,
      trustedProxies: ["loopback"],
    }),
  );
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await port.close();
});

interface Sent {
  from?: string;
  cookie?: string;
  reads?: boolean;
  /** How often it is sent, one behind the other. */
  times?: number;
  /** What is sent of a body, and how much was promised. */
  body?: [text: string, promised: number];
  /** A body in the transfer coding of chunks. */
  chunks?: string;
}

function ask(
  path: string,
  { from = "192.0.2.1", cookie, reads = true, body, chunks, times: count = 1 }: Sent = {},
) {
  const head = [
    `${body || chunks ? "POST" : "GET"} ${path} HTTP/1.1`,
    "host: x",
    "origin: http://x",
    `x-forwarded-for: ${from}`,
    ...(cookie ? [`cookie: bailiwick-session=${cookie}`] : []),
    ...(chunks ? ["transfer-encoding: chunked"] : []),
    ...(body ? [`content-length: ${body[1]}`, "content-type: application/x-www-form-urlencoded"] : []),
  ].join("\r\n");
  const socket = connect(at, "127.0.0.1", () =>
    socket.write(`${head}\r\n\r\n${body?.[0] ?? chunks ?? ""}`.repeat(count)),
  );
  clients.push(socket);
  const got = { text: "" };
  socket.on("error", () => undefined);
  if (reads) socket.on("data", (chunk) => (got.text += chunk));
  else socket.pause();
  return { socket, got };
}
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

async function until(holds: () => boolean) {
  while (!holds()) await pause(5);
}
/** Asks for health, behind everything that was sent before: what may begin has begun by then. */
async function settled() {
  const { got } = ask("/api/health");
  await until(() => got.text.includes("ok"));
  await pause(20);
}
const endAll = () => {
  for (const answer of answers) if (!answer.writableEnded) answer.end("page");
};

test("one address has sixteen requests under way, and another one is not held up", async () => {
  times(40, () => ask("/sign-in"));
  await until(() => arrived.length === 16);
  await settled();
  expect(arrived).toHaveLength(16);
  ask("/other", { from: "192.0.2.2" });
  await until(() => arrived.includes("/other"));
  expect(arrived).toHaveLength(17);
  while (arrived.length < 41) {
    endAll();
    await pause(5);
  }
});

test("strangers have thirty-two under way in all, and whoever is known has turns of their own", async () => {
  rememberCaller("ada", { kind: "user", id: "ada" });
  times(60, (index) => ask("/sign-in", { from: `198.51.100.${index}` }));
  await until(() => arrived.length === 32);
  await settled();
  expect(arrived).toHaveLength(32);
  ask("/settings", { from: "198.51.100.1", cookie: "ada" });
  ask("/forged", { from: "198.51.100.1", cookie: "guess" });
  await until(() => arrived.includes("/settings"));
  await settled();
  expect(arrived).toHaveLength(33);
});

test("a request whose client has left does not begin", async () => {
  times(16, () => ask("/sign-in"));
  await until(() => arrived.length === 16);
  const left = times(100, (index) => ask(`/left-${index}`));
  await settled();
  for (const { socket } of left) socket.destroy();
  await Promise.all(left.map(({ socket }) => once(socket, "close")));
  await settled();
  ask("/stays");
  await settled();
  endAll();
  await until(() => arrived.includes("/stays"));
  expect(arrived).toHaveLength(17);
});

test("the answer of a client that left is over, though it is not written yet", async () => {
  const { socket } = ask("/sign-in");
  await until(() => answers.length === 1);
  socket.destroy();
  await until(() => answers[0]?.destroyed === true);
});

const small = "/api/auth/callback/credentials";

test("whoever sends slowly holds no turn of others or of their own, be it a short body or a long one", async () => {
  times(40, () => ask(small, { body: ["a", 30_000] }));
  times(40, () => ask("/long", { body: ["a".repeat(40_000), 500_000] }));
  await until(() => arrived.length === 40);
  ask("/sign-in");
  await until(() => arrived.includes("/sign-in"));
  const { got } = ask("/long", { body: ["a".repeat(100_000), 100_000] });
  await until(() => got.text.includes("read"));
});

test("of too many that send slowly the oldest is cut off, and whoever sends as usual is answered", async () => {
  const slow = times(256, () => ask(small, { body: ["a", 30_000] }));
  await settled();
  expect(slow.filter(({ socket }) => socket.destroyed)).toHaveLength(0);
  for (const { socket } of times(10, () => ask("/long", { body: ["a", 500_000] })))
    await once(socket, "connect");
  await until(() => slow.filter(({ socket }) => socket.destroyed).length === 10);
  expect(slow.slice(10).some(({ socket }) => socket.destroyed)).toBe(false);
  ask(small, { body: ["a=1", 3] });
  await until(() => arrived.includes(small));
});

test("of one caller no more is kept than ten mebibytes, known or not", async () => {
  rememberCaller("ada", { kind: "user", id: "ada" });
  const half = ["a".repeat(530_000), 900_000] as [string, number];
  const slow = times(30, () => ask("/long", { cookie: "ada", body: half }));
  await until(() => slow.filter(({ socket }) => socket.destroyed).length >= 30 - 11);
  await settled();
  expect(slow.filter(({ socket }) => !socket.destroyed).length).toBeGreaterThan(4);
  const { got } = ask("/long", { cookie: "ada", body: ["a".repeat(900_000), 900_000] });
  await until(() => got.text.includes("read"));
});

test("a body in tiny chunks is cut off before it is read, on every path, and in larger ones it is read", async () => {
  const chunked = (path: string, length: number, count: number) => {
    const chunk = `${length.toString(16)}\r\n${"a".repeat(length)}\r\n`;
    return ask(path, { chunks: `${chunk.repeat(count)}0\r\n\r\n` });
  };
  for (const path of ["/long", small, "/api/health", "/nothing", "/_next/static/a.js"]) {
    const { socket, got } = chunked(path, 1, 300_000);
    await until(() => socket.destroyed);
    expect(got.text).not.toMatch(/^HTTP\/1.1 2/);
  }
  const { got } = chunked("/long", 100, 5_000);
  await until(() => got.text.includes("read"));
});

test.each(["/api/health", "/api/nothing"])(
  "a long body that %s does not read ends the connection",
  async (path) => {
    const { socket, got } = ask(path, { body: ["a", 500_000] });
    await once(socket, "close");
    expect(got.text).toMatch(/^HTTP\/1.1 40[45] [\s\S]*connection: close/);
  },
);

test("whoever reads slowly holds no turn of others", async () => {
  const big = Buffer.alloc(50_000_000);
  for (const from of times(40, (index) => `198.51.100.${index}`)) ask("/big", { from, reads: false });
  while (arrived.length < 40) {
    for (const answer of answers) if (!answer.headersSent) answer.write(big);
    await pause(5);
  }
});

test("a browser gets the files of a page beside its pages, and one address no more than sixty-four at once", async () => {
  times(20, () => ask("/sign-in"));
  times(80, (index) => ask(`/_next/static/chunks/${index}.js`));
  await until(() => arrived.length === 80);
  await settled();
  expect(arrived.filter((path) => path.startsWith("/_next/"))).toHaveLength(64);
});

test("whoever leaves in the middle of a pipeline leaves no turn taken", async () => {
  const big = Buffer.alloc(400_000);
  for (let round = 0; round < 3; round += 1) {
    const asking = times(100, () => ask("/_next/static/a.js", { reads: false, times: 2 }));
    await until(() => arrived.length > 0);
    await settled();
    for (const answer of answers) if (!answer.destroyed) answer.end(big);
    await settled();
    for (const { socket } of asking) socket.destroy();
    await until(() => answers.every(({ destroyed }) => destroyed));
    await settled();
  }
  const before = arrived.length;
  times(64, () => ask("/_next/static/b.js"));
  await until(() => arrived.length >= before + 64);
});

test("too many that wait are told to come back, and health answers meanwhile", async () => {
  const waiting = times(400, () => ask("/sign-in"));
  await until(() => waiting.some(({ got }) => got.text.includes("503")));
  await settled();
  const refused = waiting.filter(({ got }) => got.text !== "");
  expect(refused).toHaveLength(400 - 16 - 256);
  for (const { got } of refused) expect(got.text).toMatch(/^HTTP\/1.1 503 [\s\S]*retry-after: \d/);
});

test("a secret is its caller's for a quarter of an hour, and of ten thousand the last ones", () => {
  rememberCaller("first", { kind: "client", id: "okta" });
  expect(knownCaller("first")).toEqual({ whom: "known", name: "client okta" } satisfies Caller);
  expect(knownCaller("second")).toBeUndefined();
  for (const index of times(10_000, String)) rememberCaller(index, { kind: "user", id: index });
  expect(knownCaller("first")).toBeUndefined();
  expect(knownCaller("9999")).toEqual(account("9999"));
});

test("a browser that an account knows has turns of its own before anybody signs in there; a forged cookie has none", async () => {
  const secret = newSecretToken();
  rememberBrowser(hashToken(secret), "ada");
  const device = (value: string) => `none; bailiwick-device=${value}`;
  times(60, (index) => ask("/flood", { from: `198.51.100.${index}` }));
  await until(() => arrived.length === 32);
  ask("/sign-in", { from: "198.51.100.1", cookie: device(secret) });
  ask("/api/auth/callback/credentials", { from: "198.51.100.1", cookie: device(secret), body: ["a=1", 3] });
  ask("/forged", { from: "198.51.100.1", cookie: device(newSecretToken()) });
  await until(() => arrived.length > 33);
  await settled();
  expect(arrived.slice(32).sort()).toEqual(["/api/auth/callback/credentials", "/sign-in"]);
});
