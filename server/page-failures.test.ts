import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { failureOf, noteFailure } from "#lib/kernel/request-failure.ts";
import { answerFailures } from "./page-failures.ts";

const outage = { status: 503, reason: "database_away", retryAfter: 7 } as const;
const bug = { status: 500, reference: "0123456789ab" } as const;
type Page = (response: ServerResponse) => void;

let server: Server | undefined;
afterEach(() => server?.close());

/** Answers one request as a page would that met this failure. */
async function answered(
  page: Page,
  options: { failure?: typeof outage | typeof bug; path?: string; init?: RequestInit } = {},
) {
  const { failure, path = "/settings?q=%22%3E%3Cb%3E", init } = options;
  server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.setHeader("x-frame-options", "DENY");
    const url = new URL(request.url ?? "", "http://localhost");
    const failed = {
      request,
      url,
      nonce: "nonce",
      body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
    };
    answerFailures(failed, { response, requestId: "one" });
    if (failure) noteFailure("one", failure);
    page(response);
  });
  await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: "manual", ...init });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

const blank: Page = (response) => {
  response.statusCode = 500;
  response.setHeader("link", "</x.js>; rel=preload");
  response.setHeader("set-cookie", "kept=1");
  response.write("<html>");
  response.end("</html>");
};
const whole: Page = (response) => {
  response.setHeader("content-type", "text/html");
  response.end("a page");
};

test("a page that failed is another page, under its own status, with our headers and its cookies", async () => {
  const { status, headers, text } = await answered(blank, { failure: outage });
  expect([status, headers.get("retry-after"), headers.get("link")]).toEqual([503, "7", null]);
  expect([headers.get("x-frame-options"), headers.get("set-cookie")]).toEqual(["DENY", "kept=1"]);
  expect(text).toContain('data-reason="database_away"');
  expect(text).toContain('<style nonce="nonce">');
  expect(text).not.toContain('"><b>');
  expect(failureOf("one")).toBeUndefined();
});

test("a bug shows its reference, also one that nobody noted", async () => {
  expect((await answered(blank, { failure: bug })).text).toContain(`<code>${bug.reference}</code>`);
  server?.close();
  expect((await answered(blank)).text).toMatch(/<code>[0-9a-f]{12}<\/code>/);
});

test("a page that came about in spite of a failure is kept, and redirects and healthy pages are not touched", async () => {
  const kept = await answered(whole, { failure: outage });
  expect([kept.status, kept.headers.get("retry-after"), kept.text]).toEqual([503, "7", "a page"]);
  server?.close();
  expect((await answered(whole)).status).toBe(200);
  server?.close();
  const away: Page = (response) => void response.writeHead(303, { location: "/" }).end();
  expect((await answered(away, { failure: outage })).status).toBe(303);
});

test("programs get a problem, and our own scripts what Next sends them", async () => {
  const api = await answered(whole, { failure: outage, path: "/api/auth/callback/credentials" });
  expect([api.status, JSON.parse(api.text).status]).toEqual([503, 503]);
  expect(api.headers.get("content-type")).toBe("application/problem+json");
  server?.close();
  const scripted = await answered(blank, { failure: outage, init: { headers: { rsc: "1" } } });
  expect(scripted.text).toBe("<html></html>");
});

test("a form comes back with what was typed, but for secrets that do not stand in the address", async () => {
  const body = new FormData();
  for (const [name, value] of Object.entries({
    $ACTION_REF_1: "",
    givenName: '<b>"',
    newPassword: "hunter22",
    token: "addressed",
    other_token: "elsewhere",
  }))
    body.append(name, value);
  const path = "/setup?token=addressed";
  const { text } = await answered(blank, { failure: outage, path, init: { method: "POST", body } });
  expect(text).toContain('name="$ACTION_REF_1" value=""');
  expect(text).toContain('name="givenName" value="&lt;b&gt;&quot;"');
  expect(text).toContain('name="token" value="addressed"');
  expect(text).toContain('New password<input type="password" name="newPassword"');
  expect(text).not.toMatch(/hunter22|elsewhere/);
});
