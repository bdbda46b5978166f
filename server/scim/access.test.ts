import { beforeAll, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { hashToken } from "#lib/kernel/secret-token.ts";
import { onAnotherInstance } from "#test/installation.ts";
import { callWith, person, signedIn } from "#test/people.ts";
import { newcomer, openScimDoor, patch, type ScimDoor, type Send, scimToken } from "#test/scim-client.ts";
import { stored } from "#test/stored.ts";
import { lastEvent } from "#test/trail.ts";

let door: ScimDoor;
let send: Send;
beforeAll(async () => {
  door = await openScimDoor();
  await person({ roles: ["superadmin"], username: "root" });
  send = door.as(await scimToken());
  return door.close;
});

const paths = [
  "/Users",
  "/Groups",
  "/Users/1",
  "/ServiceProviderConfig",
  "/nonsense",
  "/scim",
  "/scim/v1/Users",
];

describe("a token", () => {
  test("that is missing, made up, run out or revoked opens nothing and learns nothing", async () => {
    const past = new Date(Date.now() - 1000);
    const bad = [
      undefined,
      "",
      "made-up",
      await scimToken({ expiresAt: past }),
      await scimToken({ revokedAt: past }),
      "x".repeat(300),
    ];
    for (const [index, token] of bad.entries()) {
      const path = paths[index % paths.length] ?? "/Users";
      const { status, headers, body } = await door.as(token)("POST", path, newcomer());
      expect([path, status, body.status]).toEqual([path, 401, "401"]);
      expect(headers["www-authenticate"]).toContain("Bearer");
      expect(headers["content-type"]).toContain("application/scim+json");
    }
    expect(await lastEvent()).toMatchObject({ outcome: "refused", reason: "sign_in_required", door: "api" });
    for (const authorization of ["Basic cm9vdDpyb290", "Bearer", "bearer  ", 'Bearer "x"', "Bearer a b"]) {
      const { status } = await door.as(undefined)("GET", "/Users", undefined, { authorization });
      expect([authorization, status]).toEqual([authorization, 401]);
    }
  });

  test("a session's cookie is no token", async () => {
    const token = await signedIn(await person({ roles: ["superadmin"] }));
    expect((await door.as(token)("GET", "/Users")).status).toBe(401);
  });

  test("is refused what its scopes leave out, and that is on record", async () => {
    const users = door.as(await scimToken({ scopes: ["users"], name: "Users only" }));
    const groups = door.as(await scimToken({ scopes: ["groups", "administrators"] }));
    const before = await stored();
    const { status, body } = await users("POST", "/Groups", { displayName: "x" });
    expect([status, body.detail]).toEqual([403, expect.stringContaining("scim:groups")]);
    expect(await lastEvent()).toMatchObject({
      action: "provision group",
      outcome: "refused",
      reason: "missing_capability",
      actorKind: "client",
      actorName: "Users only",
    });
    expect((await groups("POST", "/Users", newcomer())).status).toBe(403);
    expect((await groups("GET", "/Users")).status).toBe(403);
    expect((await users("GET", "/Groups")).status).toBe(403);
    expect((await users("GET", "/Users")).status).toBe(200);
    expect(await stored()).toEqual(before);
  });

  test("is kept as a hash, and remembered as used now and then", async () => {
    const token = await scimToken();
    const row = () => database().scimToken.findUniqueOrThrow({ where: { tokenHash: hashToken(token) } });
    expect(JSON.stringify(await row())).not.toContain(token);
    expect((await row()).lastUsedAt).toBeNull();
    await door.as(token)("GET", "/Users");
    const first = (await row()).lastUsedAt;
    expect(first).not.toBeNull();
    await door.as(token)("GET", "/Users");
    expect((await row()).lastUsedAt).toEqual(first);
  });

  test("that is revoked fails at once, on another instance too", async () => {
    const token = await scimToken();
    expect((await door.as(token)("GET", "/Users")).status).toBe(200);
    await onAnotherInstance(() =>
      database().scimToken.updateMany({
        where: { tokenHash: hashToken(token) },
        data: { revokedAt: new Date() },
      }),
    );
    expect((await door.as(token)("GET", "/Users")).status).toBe(401);
  });

  test("of another provider sees nobody and no group of this one", async () => {
    const mine = door.as(await scimToken({ provider: "mine" }));
    const other = door.as(await scimToken({ provider: "other" }));
    const one = newcomer();
    const { id } = (await mine("POST", "/Users", one)).body;
    const group = (await mine("POST", "/Groups", { displayName: "Mine", members: [{ value: id }] })).body;
    for (const [method, path, body] of [
      ["GET", `/Users/${id}`],
      ["PUT", `/Users/${id}`, { ...one, userName: "taken-over" }],
      ["PATCH", `/Users/${id}`, patch({ op: "replace", value: { active: false } })],
      ["DELETE", `/Users/${id}`],
      ["GET", `/Groups/${group.id}`],
      ["PATCH", `/Groups/${group.id}`, patch({ op: "remove", path: "members" })],
      ["DELETE", `/Groups/${group.id}`],
    ] as const)
      expect([method, path, (await other(method, path, body)).status]).toEqual([method, path, 404]);
    expect((await other("GET", "/Users")).body.totalResults).toBe(0);
    expect((await other("GET", "/Groups")).body.totalResults).toBe(0);
    const member = await other("POST", "/Groups", { displayName: "Mine", members: [{ value: id }] });
    expect([member.status, member.body.scimType]).toEqual([400, "invalidValue"]);
    expect((await other("POST", "/Users", one)).status).toBe(409);
    expect((await mine("GET", `/Groups/${group.id}`)).body.members).toMatchObject([{ value: id }]);
  });
});

describe("deactivation", () => {
  test("O08: ends every session at once, on another instance too, and forgets devices", async () => {
    const { id } = (await send("POST", "/Users", newcomer())).body;
    const tokens = [await signedIn({ id }), await signedIn({ id })];
    await database().knownBrowser.create({
      data: {
        id: "01a20000-0000-7000-8000-000000000001",
        userId: id,
        tokenHash: hashToken("device"),
        trustedAt: new Date(),
        createdAt: new Date(),
        lastUsedAt: new Date(),
        expiresAt: new Date(Date.now() + 1e9),
      },
    });
    await send("PATCH", `/Users/${id}`, patch({ op: "Replace", path: "active", value: "False" }));
    await onAnotherInstance(async () => {
      for (const token of tokens) expect((await callWith(token)).actor.kind).toBe("anonymous");
    });
    expect(await database().knownBrowser.count({ where: { userId: id } })).toBe(0);
    expect(await lastEvent()).toMatchObject({
      after: { active: false, sessionsEnded: 2, devicesForgotten: 1 },
    });
  });

  test("whom an administrator shut out stays out, however often the provider says active", async () => {
    const sent = newcomer();
    const { id } = (await send("POST", "/Users", sent)).body;
    const off = () => database().user.update({ where: { id }, data: { active: false } });
    const on = patch({ op: "replace", value: { active: true } });
    await off();
    expect((await send("PUT", `/Users/${id}`, sent)).body.active).toBe(false);
    expect((await send("PATCH", `/Users/${id}`, on)).body.active).toBe(false);
    // Okta reads somebody, changes a name and sends all of it back.
    const { body } = await send("GET", `/Users/${id}`);
    await send("PUT", `/Users/${id}`, { ...body, displayName: "Other" });
    expect((await send("PATCH", `/Users/${id}`, on)).body.active).toBe(false);
    await database().user.update({ where: { id }, data: { active: true } });
    await send("PATCH", `/Users/${id}`, patch({ op: "replace", value: { active: false } }));
    expect((await send("PATCH", `/Users/${id}`, on)).body.active).toBe(true);
  });

  test("a new description that leaves active out leaves it as it is", async () => {
    const { active: _, ...sent } = newcomer();
    const { id, active } = (await send("POST", "/Users", sent)).body;
    expect(active).toBe(true);
    await send("PATCH", `/Users/${id}`, patch({ op: "replace", value: { active: false } }));
    expect((await send("PUT", `/Users/${id}`, sent)).body.active).toBe(false);
  });
});

describe("requests that make no sense", () => {
  const [PUT, PATCH] = ["PUT", "PATCH"] as const;
  let id: string;
  beforeAll(async () => {
    id = (await send("POST", "/Users", newcomer())).body.id;
  });

  test.each<[string, string, unknown, number, string | undefined]>([
    ["POST", "/Users", "{", 400, "invalidSyntax"],
    ["POST", "/Users", "[]", 400, "invalidValue"],
    ["POST", "/Users", '"text"', 400, "invalidValue"],
    ["POST", "/Users", {}, 400, "invalidValue"],
    ["POST", "/Users", { userName: 7 }, 400, "invalidValue"],
    ["POST", "/Users", { userName: ["a", "b"] }, 400, "invalidValue"],
    ["POST", "/Users", { userName: "no-address" }, 400, "invalidValue"],
    ["POST", "/Users", newcomer({ externalId: 1 }), 400, "invalidValue"],
    ["POST", "/Users", newcomer({ active: "maybe" }), 400, "invalidValue"],
    ["POST", "/Users", newcomer({ emails: "a@example.com" }), 400, "invalidValue"],
    [
      "POST",
      "/Users",
      newcomer({ emails: [{ value: ["a@example.com", "b@example.com"] }] }),
      400,
      "invalidValue",
    ],
    ["POST", "/Users", newcomer({ emails: [{ value: "not an address" }] }), 400, "invalidValue"],
    ["POST", "/Users", newcomer({ name: { givenName: "a\u0007b" } }), 400, "invalidValue"],
    ["POST", "/Users", newcomer({ title: "a\u0000b" }), 400, "invalidValue"],
    ["POST", "/Users", newcomer({ "a\u0000b": 1 }), 400, "invalidValue"],
    ["POST", "/Users", '{"userName":"\\ud800@example.com"}', 400, "invalidValue"],
    ["POST", "/Users", '{"userName":"a@example.com","__proto__":{"x":1}}', 400, "invalidValue"],
    ["POST", "/Users", newcomer({ schemas: "text" }), 400, "invalidSyntax"],
    ["POST", "/Users", newcomer({ deep: JSON.parse("[".repeat(50) + "]".repeat(50)) }), 400, "invalidValue"],
    [PATCH, "/Users/:id", `{"Operations":[${"{},".repeat(1_000_000)}{}]}`, 400, "invalidValue"],
    ["POST", "/Users", `{"userName":${"[".repeat(2_000_000)}`, 400, "invalidValue"],
    ["POST", "/Users", '{"userName":[', 400, "invalidSyntax"],
    [PATCH, "/Users/:id", {}, 400, "invalidValue"],
    [PATCH, "/Users/:id", patch({ op: "destroy", path: "active" }), 400, "invalidValue"],
    [PATCH, "/Users/:id", patch({ op: "remove" }), 400, "noTarget"],
    [PATCH, "/Users/:id", patch({ op: "replace", path: "a b", value: 1 }), 400, "invalidPath"],
    [PATCH, "/Users/:id", patch({ op: "add", path: "__proto__.x", value: 1 }), 400, "invalidPath"],
    [PATCH, "/Users/:id", patch({ op: "replace", path: "userName", value: null }), 400, "invalidValue"],
    [PUT, "/Groups/1", { displayName: "x" }, 404, undefined],
    ["POST", "/Groups", { members: [] }, 400, "invalidValue"],
    ["POST", "/Groups", { displayName: "x", members: [{ value: "1" }] }, 400, "invalidValue"],
    ["GET", "/Users?startIndex=x", undefined, 400, "invalidValue"],
    ["GET", "/Users?count=1.5", undefined, 400, "invalidValue"],
    ["GET", "/Users?filter=userName", undefined, 400, "invalidFilter"],
    ["GET", "/Users?filter=userName%20co%20%22a%22", undefined, 400, "invalidFilter"],
    ["GET", "/Groups?filter=title%20eq%20%22a%22", undefined, 400, "invalidFilter"],
    ["GET", "/Users/a/b", undefined, 404, undefined],
    ["GET", "/Bulk", undefined, 404, undefined],
    ["DELETE", "/Users", undefined, 405, undefined],
    ["POST", "/Schemas", {}, 405, undefined],
  ])("%s %s %j is answered with %i %s and changes nothing", async (method, path, body, status, scimType) => {
    const before = await stored();
    const answer = await send(method, path.replace(":id", id), body);
    expect([answer.status, answer.body.scimType]).toEqual([status, scimType]);
    expect(answer.body.schemas).toEqual(["urn:ietf:params:scim:api:messages:2.0:Error"]);
    expect(await stored()).toEqual(before);
  });

  test("and that are too much: nested, long, many, in one piece or in chunks", async () => {
    const before = await stored();
    const chunked = { "transfer-encoding": "chunked" };
    const answers: [number, string, string, unknown, object?][] = [
      [400, "POST", "/Users", "[".repeat(200_000) + "]".repeat(200_000)],
      [400, "POST", "/Users", newcomer({ photos: "x".repeat(70_000) })],
      [400, "POST", "/Users", `{"userName":"a@b.example","a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`],
      // Each fits, and both do not.
      [
        400,
        "PATCH",
        `/Users/${id}`,
        patch(...["a", "b"].map((path) => ({ op: "add", path, value: "x".repeat(40_000) }))),
      ],
      [400, "GET", `/Users?filter=${encodeURIComponent(`userName eq "${"\n".repeat(500)}`)}`, undefined],
      [400, "POST", "/Users", "x", { "content-type": "text/plain" }],
      [400, "GET", `/Users?filter=${"(".repeat(2001)}`, undefined],
      [400, "GET", `/Users?filter=${"(".repeat(1999)}`, undefined],
      [400, "PATCH", `/Users/${id}`, patch(...new Array(1001).fill({ op: "remove", path: "title" }))],
      [400, "POST", "/Groups", { displayName: "x", members: new Array(1001).fill(0).map(member) }],
      [413, "POST", "/Users", { text: "x".repeat(4_200_000) }],
      [413, "POST", "/Users", { text: "x".repeat(4_200_000) }, chunked],
    ];
    for (const [status, method, path, body, headers] of answers)
      expect([path.slice(0, 30), (await send(method, path, body, headers)).status]).toEqual([
        path.slice(0, 30),
        status,
      ]);
    expect(await stored()).toEqual(before);
  });
  const member = (_: unknown, index: number) => ({
    value: `01a20000-0000-7000-8000-${String(index).padStart(12, "0")}`,
  });

  test("nothing but what is under /scim is SCIM's", async () => {
    expect((await send("GET", "/scimitar")).body).toBe("a page");
    expect((await send("GET", "/scim/V2/Users")).status).toBe(404);
    expect((await send("GET", "/SCIM/v2/Users")).status).toBe(404);
  });
});
