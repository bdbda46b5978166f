import { request as ask, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { log } from "#lib/kernel/log.ts";
import { listenerWith } from "#test/listener-with.ts";
import { stops } from "#test/stops.ts";
import { apiDoors } from "./doors.ts";
import { type HttpPort, newHttpPort } from "./http-port.ts";
import { listen } from "./listen.ts";
import type { ListenerOptions } from "./listener.ts";

let port: HttpPort;
let at: number;
let origin: string;
/** The requests that got through to the pages, as they arrived there. */
let seen: { method?: string; url?: string; headers: IncomingMessage["headers"]; body: string }[];
let ready: boolean;

const pages: ListenerOptions["pages"] = async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  seen.push({ method: request.method, url: request.url, headers: request.headers, body });
  if (request.url === "/broken") throw new Error("a page broke");
  response.writeHead(200, { "Cache-Control": "s-maxage=31536000", "content-type": "text/html" });
  response.end("page");
};

function serve(options: Partial<ListenerOptions> = {}) {
  port.serve(listenerWith({ doors: apiDoors({ ready: async () => ready }), pages, ...options }));
}

beforeEach(async () => {
  seen = [];
  ready = true;
  port = newHttpPort();
  at = await listen(port.server, 0, "127.0.0.1");
  origin = `http://127.0.0.1:${at}`;
  serve();
});
afterEach(() => port.close());

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: string;
}

function send(
  method: string,
  path: string,
  headers: OutgoingHttpHeaders = {},
  body?: string | string[],
): Promise<Answer> {
  return new Promise((done, fail) => {
    const request = ask(
      { host: "127.0.0.1", port: at, method, path, headers, agent: false },
      async (response) => {
        let text = "";
        for await (const chunk of response) text += chunk;
        done({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      },
    );
    request.on("error", fail);
    for (const chunk of Array.isArray(body) ? body : body === undefined ? [] : [body]) request.write(chunk);
    request.end();
  });
}

async function form(fields: Record<string, string>) {
  const sent = new FormData();
  for (const [name, value] of Object.entries(fields)) sent.append(name, value);
  const written = new Response(sent);
  return { body: await written.text(), type: written.headers.get("content-type") ?? "" };
}

const raw = (text: string) =>
  new Promise<string>((done) => {
    let answer = "";
    const socket = connect(at, "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk) => (answer += chunk)).on("close", () => done(answer));
  });

describe("headers", () => {
  test("every response has the same protection: page, door, refusal, crash and unreadable request", async () => {
    const answers = await Promise.all([
      send("GET", "/"),
      send("GET", "/api/health"),
      send("GET", "/api/unknown"),
      send("GET", "//x"),
      send("POST", "/"),
      send("GET", "/broken"),
      send("GET", "/_next/static/chunks/a.js"),
    ]);
    const texts = await Promise.all([
      raw("NONSENSE\r\n\r\n"),
      raw(`GET / HTTP/1.1\r\nx: ${"y".repeat(20_000)}\r\n\r\n`),
    ]);
    for (const { headers } of answers) {
      expect(headers["content-security-policy"]).toMatch(
        /script-src 'self' 'nonce-[^']{24}' 'strict-dynamic';.*frame-ancestors 'none'/,
      );
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["x-frame-options"]).toBe("DENY");
      expect(headers["referrer-policy"]).toBe("same-origin");
      expect(headers["x-powered-by"]).toBeUndefined();
      expect(headers["strict-transport-security"]).toBeUndefined();
    }
    for (const text of texts) {
      expect(text).toMatch(/^HTTP\/1.1 4(00|31) /);
      expect(text).toContain("content-security-policy: default-src 'self'");
      expect(text).toContain("x-content-type-options: nosniff");
      expect(text).toContain("cache-control: no-store");
    }
    const nonces = new Set(answers.map(({ headers }) => headers["content-security-policy"]));
    expect(nonces.size).toBe(answers.length);
  });

  test("nothing but the build's own files is stored", async () => {
    expect((await send("GET", "/settings/users")).headers["cache-control"]).toBe("no-store");
    expect((await send("GET", "/api/health")).headers["cache-control"]).toBe("no-store");
    expect((await send("GET", "/_next/static/a.js")).headers["cache-control"]).toBe("s-maxage=31536000");
  });

  test("pages learn the nonce that the browser is told", async () => {
    const { headers } = await send("GET", "/", {
      "content-security-policy": "script-src 'nonce-mine'",
      "x-nonce": "mine",
    });
    const given = seen[0]?.headers;
    expect(given?.["content-security-policy"]).toBe(headers["content-security-policy"]);
    expect(headers["content-security-policy"]).toContain(`'nonce-${given?.["x-nonce"]}'`);
    expect(given?.["x-nonce"]).not.toBe("mine");
  });

  test("what only we or Next may say is taken off", async () => {
    const forged = {
      "x-middleware-subrequest": "middleware:middleware",
      "x-nextjs-data": "1",
      "x-bailiwick-address": "1.1.1.1",
      "x-bailiwick-proto": "https",
      "x-bailiwick-passport": "guess",
      "x-forwarded-for": "1.1.1.1",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "evil.example",
      forwarded: "for=1.1.1.1",
      "x-real-ip": "1.1.1.1",
      "x-original-url": "/admin",
    };
    await send("GET", "/", { ...forged, rsc: "1", "next-router-state-tree": "x", "next-action": "abc" });
    expect(seen[0]?.headers).toMatchObject({
      rsc: "1",
      "next-action": "abc",
      "next-router-state-tree": "x",
      "x-bailiwick-address": "127.0.0.1",
      "x-bailiwick-proto": "http",
      "x-bailiwick-origin": origin,
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "http",
      "x-forwarded-host": `127.0.0.1:${at}`,
    });
    for (const name of [
      "x-middleware-subrequest",
      "x-nextjs-data",
      "forwarded",
      "x-real-ip",
      "x-original-url",
    ]) {
      expect(seen[0]?.headers[name], name).toBeUndefined();
    }
  });

  test("HSTS is said over TLS, and only then", async () => {
    serve({ trustedProxies: ["loopback"] });
    expect((await send("GET", "/")).headers["strict-transport-security"]).toBeUndefined();
    const behind = await send("GET", "/", { "x-forwarded-proto": "https", "x-forwarded-host": "a.example" });
    expect(behind.headers["strict-transport-security"]).toBe("max-age=31536000; includeSubDomains");
    expect(seen[1]?.headers).toMatchObject({
      "x-bailiwick-proto": "https",
      "x-bailiwick-origin": "https://a.example",
    });
    serve({ publicUrl: "https://b.example" });
    expect((await send("GET", "/")).headers["strict-transport-security"]).toBeDefined();
    expect(seen[2]?.headers["x-bailiwick-origin"]).toBe("https://b.example");
  });

  test("a request that Next sends to itself stands for the one that it came from", async () => {
    serve({ trustedProxies: ["loopback"] });
    await send("GET", "/", {
      "x-forwarded-for": "203.0.113.7",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "a.example",
    });
    const first = seen[0]?.headers ?? {};
    serve({ trustedProxies: [] });
    await send("GET", "/", { ...first, host: `127.0.0.1:${at}` });
    expect(seen[1]?.headers["x-bailiwick-address"], "another process's passport is worth nothing").toBe(
      "127.0.0.1",
    );
    const own = seen[1]?.headers ?? {};
    await send("GET", "/", {
      ...own,
      "x-bailiwick-address": "198.51.100.1",
      "x-bailiwick-origin": "https://c.example",
    });
    expect(seen[2]?.headers).toMatchObject({
      "x-bailiwick-address": "198.51.100.1",
      "x-bailiwick-origin": "https://c.example",
    });
  });
});

describe("requests that change something", () => {
  const page = () => form({ $ACTION_ID_000000000000000000000000000000000000000000: "", name: "Jane" });

  test("must come from our own pages", async () => {
    const { body, type } = await page();
    expect((await send("POST", "/", { origin, "content-type": type }, body)).status).toBe(200);
    expect(seen[0]).toMatchObject({ method: "POST", body: expect.stringContaining("Jane") });
    for (const foreign of [
      undefined,
      "null",
      "https://evil.example",
      `${origin}0`,
      `https://127.0.0.1:${at}`,
    ]) {
      for (const path of ["/", "/settings/users", "/api/auth/callback/credentials"]) {
        const answer = await send(
          "POST",
          path,
          { "next-action": "x", ...(foreign ? { origin: foreign } : {}) },
          "a=1",
        );
        expect(answer.status, `${foreign} ${path}`).toBe(403);
        expect(answer.headers["content-type"]).toBe("application/problem+json");
      }
    }
    expect(seen).toHaveLength(1);
  });

  test("behind a known address, that address counts and the Host header does not", async () => {
    serve({ publicUrl: "https://console.example" });
    const path = "/api/auth/signin";
    expect((await send("POST", path, { origin })).status).toBe(403);
    expect((await send("POST", path, { origin: "https://console.example" })).status).toBe(200);
  });
});

describe("what is read", () => {
  const route = "/api/auth/callback/credentials";
  const type = "application/x-www-form-urlencoded";
  const text = (length: number) => `a=${"x".repeat(length - 2)}`;
  const cookie = "bailiwick-session=token";
  const [small, large] = [32 * 1024, 1024 * 1024];
  let asked: number;
  beforeEach(() => {
    asked = 0;
    const isLiveSession = async (token: string) => {
      asked += 1;
      return token === "token";
    };
    serve({ isLiveSession });
  });
  const post = (body: string | string[], headers: OutgoingHttpHeaders = {}) =>
    send("POST", route, { origin, "content-type": type, ...headers }, body).then(
      ({ status }) => status,
      // Cut off in the middle of sending.
      () => 413,
    );

  test("is 32 KiB without a session, and nobody is looked up for it", async () => {
    expect(await post(text(small))).toBe(200);
    expect(seen[0]?.body).toHaveLength(small);
    expect(await post(text(small), { cookie })).toBe(200);
    expect(asked).toBe(0);
    expect(await post(text(small + 1))).toBe(413);
    expect(await post([text(small), "y"], { "transfer-encoding": "chunked" })).toBe(413);
    expect([asked, seen.length]).toEqual([0, 2]);
  });

  test("is 1 MiB with a session that lives, which is asked once", async () => {
    expect(await post(text(large), { cookie })).toBe(200);
    expect(await post([text(small), `&${text(small + 1)}`], { cookie, "transfer-encoding": "chunked" })).toBe(
      200,
    );
    expect(asked).toBe(2);
    expect(await post(text(small + 1), { cookie: "bailiwick-session=old" })).toBe(413);
    expect(await post(text(large + 1), { cookie })).toBe(413);
    expect(seen.map(({ body }) => body.length)).toEqual([large, 2 * small + 2]);
  });

  test("is 64 fields without a session, and 2,000 with one", async () => {
    const fields = (count: number) => Array.from({ length: count }, (_, number) => `f${number}=`).join("&");
    expect(await post(fields(64))).toBe(200);
    expect(await post(fields(65))).toBe(413);
    expect(asked).toBe(0);
    expect(await post(fields(2000), { cookie })).toBe(200);
    expect(await post(fields(2001), { cookie })).toBe(413);
    expect(seen).toHaveLength(2);
  });

  test("ends the connection where it ends", async () => {
    const answer = await raw(
      `POST ${route} HTTP/1.1\r\nhost: 127.0.0.1:${at}\r\norigin: ${origin}\r\ncontent-length: 32769\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 [\s\S]*connection: close[\s\S]*problem\+json[\s\S]*32 KiB/i);
  });

  test("is no error when its sender goes away", async () => {
    const logged = vi.spyOn(log(), "error");
    for (let times = 0; times < 20; times += 1)
      await new Promise<void>((done) => {
        const socket = connect(at, "127.0.0.1", () => {
          socket.write(
            `POST ${times % 2 ? route : "/api/auth/saml/company/acs"} HTTP/1.1\r\nhost: 127.0.0.1:${at}\r\norigin: ${origin}\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n5\r\na=1`,
            () => setTimeout(() => socket.resetAndDestroy(), 5),
          );
        });
        socket.on("close", () => done()).on("error", () => undefined);
      });
    await send("GET", "/api/health");
    expect(logged).not.toHaveBeenCalled();
    expect(seen).toEqual([]);
  });

  test.each([
    ["JSON that breaks off", "application/json", "{"],
    ["JSON that is no object", "application/json", "[]"],
    ["JSON that is deep", "application/json", '{"a":{"b":1}}'],
    ["JSON under another name", "text/plain; application/json", "{}"],
    ["a form in parts", "multipart/form-data; boundary=x", "--x--"],
  ])("is refused by a route when it is %s", async (_, given, body) => {
    expect(await post(body, { "content-type": given })).toBe(400);
    expect(seen).toEqual([]);
  });

  test("has its names and values as a route gets them, however they were sent", async () => {
    expect(await post('{"identifier":"jane","json":true}', { "content-type": "application/json" })).toBe(200);
    expect(seen[0]).toMatchObject({ body: "identifier=jane&json=true", headers: { "content-type": type } });
    expect((await send("GET", "/settings", { "content-length": 3 }, "a=1")).status).toBe(400);
  });
});

describe("paths and methods", () => {
  test.each([
    ["GET", "//evil.example", 400],
    ["GET", "/%zz", 400],
    ["GET", "/a%2fb", 200],
    ["GET", "/_next/image?url=%2Fa.png&w=64&q=75", 404],
    ["GET", "/api", 404],
    ["GET", "/API/users", 404],
    ["POST", "/api/v1/users", 404],
    ["GET", "/apix", 200],
    ["GET", "/api/auth/session", 200],
    ["TRACE", "/", 405],
    ["OPTIONS", "/", 405],
    ["DELETE", "/settings", 405],
    ["PROPFIND", "/", 405],
    ["POST", "/api/health", 405],
  ])("%s %s is answered with %i", async (method, path, status) => {
    expect((await send(method, path)).status).toBe(status);
  });

  test("a Host header that is none, an upgrade and a tunnel are refused", async () => {
    expect((await send("GET", "/", { host: "a b" })).status).toBe(400);
    expect((await send("GET", "/", { host: "user@evil.example" })).status).toBe(400);
    expect(
      await raw("GET / HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n"),
    ).toMatch(/^HTTP\/1.1 400/);
    expect(await raw("CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example\r\n\r\n")).toMatch(
      /^HTTP\/1.1 400/,
    );
  });

  test("Next sees the path that was judged", async () => {
    await raw(`GET /_next/static/../../settings?a=1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(seen[0]?.url).toBe("/settings?a=1");
  });

  test("an empty installation leads to its set-up page", async () => {
    serve({ leadsToSetup: async (path) => path !== "/setup" });
    const answer = await send("GET", "/settings/users");
    expect([answer.status, answer.headers.location]).toEqual([303, "/setup"]);
    expect((await send("GET", "/setup")).status).toBe(200);
  });

  test("health says whether the process lives and whether it is of use, and nothing else", async () => {
    expect(await send("GET", "/api/health")).toMatchObject({ status: 200, body: '{"status":"ok"}\n' });
    expect((await send("GET", "/api/health/ready")).status).toBe(200);
    ready = false;
    const answer = await send("GET", "/api/health/ready");
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.body)).toEqual({ type: "about:blank", title: "Not ready", status: 503 });
    expect((await send("GET", "/api/health")).status).toBe(200);
  });

  test.each(["GET", "HEAD"])(
    "health answers a load balancer that names no host, or any: %s",
    async (method) => {
      for (const path of ["/api/health", "/api/health/ready"]) {
        const asked = `${method} ${path}`;
        expect(await raw(`${asked} HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1.1 200 /);
        expect(await raw(`${asked} HTTP/1.0\r\nhost: a b\r\n\r\n`)).toMatch(/^HTTP\/1.1 200 /);
        expect(await raw(`${asked} HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n`)).toMatch(
          /^HTTP\/1.1 200 /,
        );
      }
      expect(await raw(`${method} /sign-in HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1.1 400 /);
      ready = false;
      expect(await raw(`${method} /api/health/ready HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1.1 503 /);
    },
  );

  test("before everything is up, every request is told to come back", async () => {
    const early = newHttpPort();
    at = await listen(early.server, 0, "127.0.0.1");
    expect((await send("GET", "/api/health")).status).toBe(200);
    expect((await send("GET", "/api/health?from=balancer")).status).toBe(200);
    expect(await raw("GET /api/health HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1.1 200 /);
    expect((await send("GET", "/api/health/ready")).status).toBe(503);
    const answer = await send("GET", "/");
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "2"]);
    expect(answer.headers["content-security-policy"]).toContain("default-src 'self'");
    await early.close();
  });

  test("a port in use is said in one sentence with a way out", async () => {
    const second = newHttpPort();
    await expect(listen(second.server, at, "127.0.0.1")).rejects.toEqual(
      stops("port_in_use", `${at}`, `PORT=${at + 1}`),
    );
  });

  test("closing lets a request under way finish and takes no new one", async () => {
    let finish = () => {};
    const held = new Promise<void>((done) => {
      finish = done;
    });
    let arrive = () => {};
    const arrived = new Promise<void>((done) => {
      arrive = done;
    });
    port.serve(async (_request, response) => {
      arrive();
      await held;
      response.end("finished");
    });
    const slow = send("GET", "/");
    await arrived;
    const closed = port.close();
    await expect(send("GET", "/")).rejects.toThrow("ECONNREFUSED");
    finish();
    expect((await slow).body).toBe("finished");
    await closed;
  });
});
