import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Agent } from "undici";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ClosedAddress, closedAddressIn } from "./closed-address.ts";
import { limitedFetch } from "./limited-fetch.ts";
import { newOutgoingAgent } from "./outgoing-agent.ts";

let server: Server;
let port: number;
let asked: string[];
let sockets: Set<unknown>;
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    sockets.add(request.socket);
    if (request.url === "/away") response.writeHead(302, { location: `http://rebound.example:${port}/` });
    response.end("here");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
  return () => {
    server.closeAllConnections();
    server.close();
  };
});

const agents: Agent[] = [];
beforeEach(() => {
  asked = [];
  sockets = new Set();
});
afterEach(async () => {
  for (const agent of agents.splice(0)) await agent.destroy();
});

/** Asks through an agent whose names answer as told, one list of addresses a look-up; the last holds from then on. */
function outgoing(opened: string[], names: Record<string, string[][]> = {}) {
  const looked: string[] = [];
  const agent = newOutgoingAgent({
    opened: () => opened,
    resolve: (name, answer) => {
      looked.push(name);
      const answers = names[name] ?? [];
      const found = answers.length > 1 ? answers.shift() : answers[0];
      if (!found) return answer(new Error("not found"), []);
      answer(
        null,
        found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );
    },
  });
  agents.push(agent);
  const ask = limitedFetch({ milliseconds: 2_000, agent });
  return {
    looked,
    /** The body, or why there is none. */
    get: async (url: string) =>
      ask(url, { method: "GET" }).then(
        (answer) => answer.text(),
        (error: unknown) => closedAddressIn(error) ?? error,
      ),
  };
}

test("a name with an internal address is not asked, and nothing is sent there", async () => {
  const { get } = outgoing([], { "idp.example": [["127.0.0.1"]] });
  const error = await get(`http://idp.example:${port}/`);
  expect(error).toBeInstanceOf(ClosedAddress);
  expect((error as Error).message).toContain("BAILIWICK_INTERNAL_ADDRESSES");
  expect((error as Error).message).toContain("add idp.example to");
  expect(asked).toEqual([]);
});

test("a closed address is told the same way whether something answers there or not", async () => {
  const { get } = outgoing([], { "idp.example": [["127.0.0.1"]] });
  expect(await get("http://idp.example:65534/")).toEqual(await get(`http://idp.example:${port}/`));
});

test.each([
  ["its name", "idp.example"],
  ["its address", "127.0.0.1"],
  ["its range", "127.0.0.0/8"],
  ["the word loopback", "loopback"],
])("the operator opens it by %s", async (_how, entry) => {
  const { get } = outgoing([entry], { "idp.example": [["127.0.0.1"]] });
  expect(await get(`http://idp.example:${port}/`)).toBe("here");
});

test("the name of one host opens no other", async () => {
  const { get } = outgoing(["idp.example"], { "other.example": [["127.0.0.1"]] });
  expect(await get(`http://other.example:${port}/`)).toBeInstanceOf(ClosedAddress);
});

test("a name that answers with a public address first and an internal one afterwards stays closed", async () => {
  // The public one is of a documentation range, opened here, so that nothing leaves this machine.
  const { get, looked } = outgoing(["192.0.2.0/24"], { "rebound.example": [["192.0.2.1"], ["127.0.0.1"]] });
  expect(await get("http://rebound.example:65534/")).not.toBeInstanceOf(ClosedAddress);
  expect(await get(`http://rebound.example:${port}/`)).toBeInstanceOf(ClosedAddress);
  expect(looked).toEqual(["rebound.example", "rebound.example"]);
  expect(asked).toEqual([]);
});

test("of several addresses those that are closed are left out", async () => {
  const { get } = outgoing(["127.0.0.1"], { "idp.example": [["10.0.0.1", "127.0.0.1"]] });
  expect(await get(`http://idp.example:${port}/`)).toBe("here");
});

test.each([
  "127.0.0.1",
  "127.1",
  "2130706433",
  "0x7f.0.0.1",
  "0177.0.0.1",
  "127.0.0.1.",
  "0.0.0.0",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "[::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[2002:7f00:1::]",
  "１２７.0.0.1",
])("http://%s is not asked", async (host) => {
  const { get, looked } = outgoing([]);
  expect(await get(`http://${host}:${port}/`)).toBeInstanceOf(ClosedAddress);
  expect(asked).toEqual([]);
  expect(looked).toEqual([]);
});

describe("what clouds tell their machines", () => {
  const secret = ["169.254.169.254", "[fd00:ec2::254]", "100.100.100.200", "168.63.129.16", "2852039166"];
  test.each(secret)("%s stays closed behind a range and a name", async (host) => {
    const { get } = outgoing(["0.0.0.0/0", "::/0", "cloud.example"], {
      "cloud.example": [["169.254.169.254"]],
    });
    expect(await get(`http://${host}/`)).toBeInstanceOf(ClosedAddress);
    expect(await get("http://cloud.example/")).toBeInstanceOf(ClosedAddress);
  });

  test("an exact address opens it, and a range around it does not", async () => {
    for (const entry of ["127.0.0.1", "127.0.0.1/32"])
      expect(await outgoing([entry]).get(`http://127.0.0.1:${port}/`)).toBe("here");
    const closed = await outgoing(["169.254.169.0/24"]).get("http://169.254.169.254/");
    expect(closed).toBeInstanceOf(ClosedAddress);
  });
});

test("an answer that leads elsewhere is not followed", async () => {
  const { get } = outgoing(["idp.example"], { "idp.example": [["127.0.0.1"]] });
  expect(await get(`http://idp.example:${port}/away`)).toBe("here");
  expect(asked).toEqual([`idp.example:${port}/away`]);
});

test("a socket that stays open serves its own host only", async () => {
  const names = { "one.example": [["127.0.0.1"]], "two.example": [["127.0.0.1"]] };
  const { get, looked } = outgoing(["one.example"], names);
  for (let round = 0; round < 5; round += 1) {
    expect(await get(`http://one.example:${port}/`)).toBe("here");
    // The socket is free again one turn later.
    await new Promise((done) => setImmediate(done));
  }
  expect(sockets.size).toBe(1);
  expect(await get(`http://two.example:${port}/`)).toBeInstanceOf(ClosedAddress);
  expect(looked).toEqual(["one.example", "two.example"]);
});

test("a proxy of the environment is not asked: behind it the address would be another's to check", async () => {
  vi.stubEnv("NODE_USE_ENV_PROXY", "1");
  vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${port}`);
  vi.stubEnv("http_proxy", `http://127.0.0.1:${port}`);
  const { get } = outgoing(["loopback"], { "idp.example": [["10.0.0.1"]] });
  expect(await get("http://idp.example/")).toBeInstanceOf(ClosedAddress);
  expect(asked).toEqual([]);
  vi.unstubAllEnvs();
});

test("an answer is given up when it is too large, unpacked or not, or too slow", async () => {
  const zeros = Buffer.alloc(3 * 1024 * 1024);
  const { gzipSync } = await import("node:zlib");
  const large = createServer((request, response) => {
    if (request.url === "/slow") return void response.write("x");
    if (request.url?.startsWith("/json")) {
      response.writeHead(200, { "content-type": "application/jwk-set+json" });
      return void response.end(`[${"{},".repeat(request.url === "/json" ? 60_000 : 1_000)}1]`);
    }
    const packed = request.url === "/packed";
    response.writeHead(200, packed ? { "content-encoding": "gzip" } : {});
    response.end(packed ? gzipSync(zeros) : zeros);
  });
  large.listen(0, "127.0.0.1");
  await once(large, "listening");
  const origin = `http://127.0.0.1:${(large.address() as AddressInfo).port}`;
  const agent = newOutgoingAgent({ opened: () => ["loopback"] });
  agents.push(agent);
  const ask = limitedFetch({ milliseconds: 500, agent });
  expect((await ask(`${origin}/json-small`, { method: "GET" })).status).toBe(200);
  for (const path of ["/plain", "/packed", "/json", "/slow"])
    await expect(ask(origin + path, { method: "GET" })).rejects.toThrow();
  large.closeAllConnections();
  large.close();
});
