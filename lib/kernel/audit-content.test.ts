import { createHash } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { openInstallation } from "#test/installation.ts";
import { nextInstant, visitor } from "#test/people.ts";
import { type AuditRow, writeAudit } from "./audit.ts";
import { contentOf } from "./audit-content.ts";
import { database } from "./database.ts";

beforeAll(() => openInstallation());

const stored = async (action: string) => {
  const { hash, content, salt, ...row } = await database().auditEvent.findFirstOrThrow({ where: { action } });
  return { row: row as AuditRow, hash, content: content as string, salt: salt as Uint8Array };
};

/** JSON.parse of V8 13.6 (Node 24) reads a name of one escaped character as a backslash, now and then. */
const escapedName = /"\\(?:u[0-9a-f]{4}|.)":/g;
const json = fc
  .jsonValue({ maxDepth: 3 })
  .map((value) =>
    JSON.parse(JSON.stringify(value).replaceAll("\\u0000", "").replace(escapedName, '"escaped":')),
  );
const state = fc.option(fc.dictionary(fc.stringMatching(/^\w{1,10}$/), json, { maxKeys: 5 }), {
  nil: undefined,
});
const text = fc.string({ maxLength: 400, unit: "grapheme" }).map((one) => one.replaceAll("\0", ""));

test("the content of a row can be told from what is stored, and its hash is of that text", async () => {
  let number = 0;
  const property = fc.asyncProperty(state, state, text, text, async (before, after, name, agent) => {
    const action = `write ${++number}`;
    const call = { ...visitor(), at: nextInstant(), agent };
    const target = { kind: "user", name } as const;
    await database().$transaction((tx) =>
      writeAudit(tx, call, { action, outcome: "done", target, before, after }),
    );
    const { row, hash, content, salt } = await stored(action);
    expect(contentOf(row, salt)).toBe(content);
    expect(Buffer.from(hash as Uint8Array)).toEqual(createHash("sha256").update(content).digest());
  });
  const proto = JSON.parse('{"__proto__":{"a":1},"b":{"__proto__":2}}');
  await fc.assert(property, { numRuns: 100, examples: [[undefined, proto, "", ""]] });
});

const event: AuditRow = {
  id: "0198",
  at: new Date(0),
  action: "edit user",
  outcome: "done",
  actorKind: "user",
  actorId: "17",
  actorName: "ada",
  door: "action",
  address: "192.0.2.1",
  agent: "a browser",
  targetKind: "user",
  targetId: "18",
  targetName: "grace",
  before: { email: "grace@example.com", roles: ["user"] },
  after: { email: "hopper@example.com", roles: ["user"] },
};
const salt = Buffer.alloc(16, 7);

test("nothing about a person is in the content, and everything changes it", () => {
  const content = contentOf(event, salt);
  for (const personal of ["ada", "192.0.2.1", "a browser", "grace", "example.com"])
    expect(content).not.toContain(personal);
  for (const name of Object.keys(event)) {
    const changed = { ...event, [name]: name === "at" ? new Date(1) : { other: "else" } };
    expect([name, contentOf(changed, salt) === content]).toEqual([name, false]);
  }
});

test("the same text has another commitment in another field and in another row", () => {
  const of = (row: Partial<AuditRow>, by = salt) => JSON.parse(contentOf({ ...event, ...row }, by));
  const { actorName, targetName } = of({ actorName: "ada", targetName: "ada" });
  expect(actorName).not.toBe(targetName);
  expect(of({}, Buffer.alloc(16, 8)).actorName).not.toBe(of({}).actorName);
  // A field that was not touched can be forgotten without the others.
  expect(of({ targetName: "somebody else" }).actorName).toBe(of({}).actorName);
});

test("keys come in one order, whatever order the row has them in", () => {
  const turned = { ...event, before: { roles: ["user"], email: "grace@example.com" } };
  expect(contentOf(turned, salt)).toBe(contentOf(event, salt));
});
