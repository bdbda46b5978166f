import type { ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rememberCaller } from "#lib/kernel/known-callers.ts";
import { registry } from "#lib/kernel/registry.ts";
import { listenerWith } from "#test/listener-with.ts";
import { bodyParsed, readBody } from "./body-limit.ts";
import { apiDoors, type Door } from "./doors.ts";
import { type HttpPort, newHttpPort } from "./http-port.ts";
import { listen } from "./listen.ts";
import { pause } from "./pause.ts";

const mebibyte = 1024 * 1024;
let port: HttpPort;
let at: number;
let clients: Socket[];
/** Who sent what is read, in which round of the event loop, and how to say that it was parsed. */
let reads: { who: string; round: number; parsed: () => void; response: ServerResponse }[];
/** Of requests whose bodies nobody asks for. */
let answers: ServerResponse[];
let round: number;
let over: boolean;

/** Says neither that a body was parsed nor what it answers, before the test does. */
const reader: Door = async ({ request, response, url }) => {
  if (url.pathname === "/unread") answers.push(response);
  if (url.pathname !== "/read") return url.pathname === "/unread";
  await readBody(request, 4 * mebibyte);
  const who = url.searchParams.get("who") ?? "";
  reads.push({ who, round, parsed: () => bodyParsed(request), response });
  return true;
};

beforeEach(async () => {
  [clients, reads, answers, round, over] = [[], [], [], 0, false];
  registry().slots.clear();
  port = newHttpPort();
  at = await listen(port.server, 0, "127.0.0.1");
  port.serve(
    listenerWith({
      doors: [...apiDoors({ ready: async () => true }), reader],
      isLiveSession: async () => true,
      trustedProxies: ["loopback"],
    }),
  );
  void (async () => {
    for (; !over; round += 1) await setImmediate();
  })();
});
afterEach(async () => {
  over = true;
  for (const client of clients) client.destroy();
  await port.close();
});

/** Sends a body of as many bytes, all of it unless told otherwise; somebody without a name is a stranger. */
function send(
  who: string | undefined,
  bytes: number,
  { sends = bytes, path = "/read", chunked = false, listens = true } = {},
) {
  if (who !== undefined) rememberCaller(who, { kind: "user", id: who });
  const head = [
    `POST ${path}?who=${who} HTTP/1.1`,
    "host: x",
    "origin: http://x",
    ...(who === undefined ? [] : [`cookie: bailiwick-session=${who}`]),
    chunked ? "transfer-encoding: chunked" : `content-length: ${bytes}`,
  ].join("\r\n");
  const coded = (text: string) => (chunked ? `${text.length.toString(16)}\r\n${text}\r\n` : text);
  const socket = connect(at, "127.0.0.1", () => socket.write(`${head}\r\n\r\n${coded("a".repeat(sends))}`));
  clients.push(socket);
  const got = { text: "" };
  socket.on("error", () => undefined);
  if (listens) socket.on("data", (chunk) => (got.text += chunk));
  else socket.pause();
  const rest = () => socket.write(`${coded("a".repeat(bytes - sends))}${chunked ? "0\r\n\r\n" : ""}`);
  return { got, rest };
}

async function until(holds: () => boolean) {
  while (!holds()) await pause(5);
}
async function settled() {
  await fetch(`http://127.0.0.1:${at}/api/health`);
  await pause(50);
}
const names = () => reads.map(({ who }) => who);

test("long bodies are read one at a time, those of the callers in turn, and everything else goes on in between", async () => {
  for (const who of ["flood", "flood", "flood", "flood"]) send(who, 100_000);
  await until(() => reads.length > 0);
  await settled();
  send("honest", 100_000);
  await settled();
  expect(names()).toEqual(["flood"]);
  // Neither a short body, nor a stranger's, nor an answer that takes its time, has to do with that.
  send("honest", 10);
  send(undefined, 100_000);
  await until(() => reads.length === 3);
  expect(names().sort()).toEqual(["flood", "honest", "undefined"]);
  while (reads.length < 7) {
    const before = reads.length;
    for (const { parsed } of reads) parsed();
    await until(() => reads.length > before);
    await settled();
    expect(reads).toHaveLength(before + 1);
  }
  expect(names().indexOf("honest", 3)).toBeLessThan(5);
  const rounds = reads.map((read) => read.round);
  expect(new Set(rounds).size).toBe(rounds.length);
});

test("an answer ends the turn to read, be the body parsed or not", async () => {
  for (let count = 0; count < 5; count += 1) send("ada", 100_000);
  for (let count = 0; count < 5; count += 1) {
    await until(() => reads.length > count);
    reads[count]?.response.end("read");
  }
});

test("whoever keeps most loses what waits to be read first, and is told so", async () => {
  const half = Array.from({ length: 4 }, () => send("flood", 900_000, { sends: 600_000 }));
  await settled();
  const whole = Array.from({ length: 11 }, () => send("flood", 900_000));
  const sent = [...half, ...whole];
  const refused = () => sent.filter(({ got }) => got.text.startsWith("HTTP/1.1 503"));
  await until(() => refused().length >= 4);
  for (const { rest } of half) rest();
  await settled();
  const honest = send("honest", 900_000);
  const all = [...sent, honest];
  while (all.some(({ got }) => got.text === "")) {
    for (const { response } of reads) response.end("read");
    await pause(5);
  }
  expect(honest.got.text).toMatch(/^HTTP\/1.1 200/);
  expect(refused()).toHaveLength(4);
  expect(reads).toHaveLength(12);
});

test.each([false, true])(
  "two uploads of one client are read beside small requests, and a third waits until there is room: in chunks %s",
  async (chunked) => {
    const size = 4 * mebibyte;
    const slow = [0, 1].map(() => send("okta", size, { sends: size / 2, chunked }));
    await settled();
    const third = send("okta", size, { sends: 1.5 * mebibyte, chunked });
    await settled();
    send("okta", 1_000);
    await until(() => reads.length === 1);
    third.rest();
    await settled();
    expect(reads).toHaveLength(1);
    for (const { rest } of slow) rest();
    for (let next = 1; next <= 3; next += 1) {
      await until(() => reads.length > next);
      reads[next]?.response.end("read");
    }
    for (const { got } of [...slow, third]) await until(() => got.text.startsWith("HTTP/1.1 200"));
  },
);

const unread = { listens: false };
const large = Buffer.alloc(20_000_000);

test("whoever does not read the answer keeps no room for bodies, be they parsed, only read, or neither", async () => {
  for (let count = 0; count < 15; count += 1) {
    send("ada", 900_000, unread);
    await until(() => reads.length > count);
    const { parsed, response } = reads[count] ?? {};
    if (count < 5) parsed?.();
    else response?.[count % 2 ? "write" : "end"](large);
  }
  // As many as sixteen of others, since ada has no place left.
  for (let address = 0; address < 60; address += 1)
    for (let count = 0; count < 16; count += 1)
      send(`user-${address}`, 30_000, { ...unread, path: "/unread" });
  for (let ended = 0; ended < 960; await pause(5)) {
    for (const answer of answers.slice(ended)) answer.end(large.subarray(0, 5_000_000));
    ended = answers.length;
  }
  const { got } = send("honest", 900_000);
  await until(() => reads.length === 16);
  reads[15]?.response.end("read");
  await until(() => got.text.startsWith("HTTP/1.1 200"));
});

test("the time that reading a body took is everybody else's afterwards", async () => {
  for (const who of ["one", "two"]) send(who, 100_000);
  await until(() => reads.length === 1);
  const began = performance.now();
  while (performance.now() - began < 50);
  const before = round;
  reads[0]?.parsed();
  reads[0]?.response.end("read");
  await until(() => reads.length === 2);
  expect(round - before).toBeGreaterThan(100);
});
