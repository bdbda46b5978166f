import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { failureOf, outageOf, watchRequest } from "#lib/kernel/request-failure.ts";
import { testMark } from "#lib/sso/index.ts";
import { pointAt, root } from "#test/installation.ts";
import { openDoors } from "#test/open-doors.ts";
import { apiDoors } from "./doors.ts";

const console = openDoors();
let there: string | undefined;
beforeEach(() => {
  there = env().databaseUrl;
  pointAt("postgresql://nobody@127.0.0.1:1/x");
});
afterEach(async () => {
  await database().$disconnect();
  pointAt(there);
});

const form = (fields: Record<string, string>): RequestInit => ({
  method: "POST",
  body: new URLSearchParams(fields),
});
const bearer: RequestInit = { headers: { authorization: `Bearer ${"x".repeat(43)}` } };

/** At least one address of every door that has work to do, and all that differ in what they do first. */
const asked: [path: string, request?: RequestInit][] = [
  ["/api/auth/saml/company/start"],
  ["/api/auth/saml/company/acs", form({ SAMLResponse: "PGE+" })],
  ["/api/auth/saml/company/finish?ticket=x"],
  ["/api/auth/saml/company/finish?problem=saml_time", { headers: { cookie: "bailiwick-session=x" } }],
  ["/api/auth/backchannel-logout/oidc", form({ logout_token: "a.b.c" })],
  ["/scim/v2/Users", bearer],
  ["/scim/v2/Groups", bearer],
  ["/scim/v2/Schemas", bearer],
  ["/scim/v2/Users"],
];

test.each(asked)("%s answers 503 and when to come back", async (path, request) => {
  const answer = await fetch(console.origin + path, { redirect: "manual", ...request });
  expect([answer.status, Number(answer.headers.get("retry-after")) > 0]).toEqual([503, true]);
  expect(answer.headers.get("content-type")).toMatch(/^application\/(?:problem|scim)\+json/);
  expect((await answer.text()).length).toBeGreaterThan(10);
});

test("no door is missing here", () => {
  const doors = apiDoors({ ready: async () => true }).map(({ name }) => name);
  expect(doors).toEqual(["healthDoor", "samlDoor", "logoutDoor", "scimDoor", "closedDoor"]);
});

/** What Next's own handlers are asked, by file: the listener answers for what they throw or note. */
const routes: Record<string, { load: () => Promise<{ GET: unknown }>; asked: [string, string[]][] }> = {
  "app/api/auth/[...nextauth]/route.ts": {
    load: () => import("../app/api/auth/[...nextauth]/route.ts"),
    asked: [
      ["/api/auth/callback/oidc?code=1&state=2", ["callback", "oidc"]],
      [`/api/auth/callback/oidc?code=1&state=${testMark}x`, ["callback", "oidc"]],
    ],
  },
  "app/api/v1/auth/oidc/callback/route.ts": {
    load: () => import("../app/api/v1/auth/oidc/callback/route.ts"),
    asked: [["/api/v1/auth/oidc/callback?code=1&state=2", []]],
  },
};
type Handler = (request: Request, context: object) => Promise<Response>;

test("every route of the pages is known here", () => {
  const listed = execFileSync("git", ["ls-files", "app"], { cwd: root, encoding: "utf8" }).split("\n");
  expect(listed.filter((file) => /\/route\.tsx?$/.test(file)).sort()).toEqual(Object.keys(routes).sort());
});

test.each(Object.entries(routes))(
  "%s leaves an outage to the listener",
  async (_file, { load, asked: addresses }) => {
    const requestId = "a request";
    const facts = {
      "x-bailiwick-request-id": requestId,
      "x-bailiwick-origin": "http://localhost",
      "x-bailiwick-address": "192.0.2.1",
    };
    const jar = {
      get: () => ({ value: "x" }),
      getAll: () => [],
      set: () => undefined,
      delete: () => undefined,
    };
    vi.resetModules();
    vi.doMock("next/headers", () => ({ headers: async () => new Headers(facts), cookies: async () => jar }));
    const GET = (await load()).GET as Handler;
    for (const [address, nextauth] of addresses) {
      const over = watchRequest(requestId);
      const request = Object.assign(new Request(`http://localhost${address}`), {
        nextUrl: new URL(address, "http://localhost"),
      });
      const told = await GET(request, { params: Promise.resolve({ nextauth }) }).then(
        () => failureOf(requestId),
        (error: unknown) => outageOf(error) ?? error,
      );
      expect(told, address).toMatchObject({ status: 503, reason: "database_away" });
      over();
    }
    vi.doUnmock("next/headers");
    vi.resetModules();
  },
);
