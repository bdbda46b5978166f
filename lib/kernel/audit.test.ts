import { beforeAll, expect, test } from "vitest";
import { openInstallation } from "#test/installation.ts";
import { callAs, person, visitor } from "#test/people.ts";
import { writeAudit } from "./audit.ts";
import { systemCall } from "./call.ts";
import { database } from "./database.ts";

beforeAll(() => openInstallation());

test.each([
  "UPDATE audit_events SET actor_name = 'somebody else'",
  "DELETE FROM audit_events",
  "DELETE FROM audit_events WHERE action = 'load catalogue'",
  "TRUNCATE audit_events",
])("the trail is append-only, also behind the console's back: %s", async (sql) => {
  const before = await database().auditEvent.findMany();
  expect(before.length).toBeGreaterThan(0);
  await expect(database().$executeRawUnsafe(sql)).rejects.toThrow(/append-only/);
  expect(await database().auditEvent.findMany()).toEqual(before);
});

test("an event keeps its names when what it names is gone", async () => {
  const gone = await person({ roles: ["user"], username: "gone" });
  const call = await callAs(gone);
  const target = { kind: "user", id: gone.id, name: gone.username } as const;
  await database().$transaction((tx) => writeAudit(tx, call, { action: "wave", outcome: "done", target }));
  await database().user.delete({ where: { id: gone.id } });
  const event = await database().auditEvent.findFirstOrThrow({ where: { action: "wave" } });
  expect(event).toMatchObject({ actorId: gone.id, actorName: "gone", targetId: gone.id, targetName: "gone" });
});

test("nobody and the product itself are named as such; what browsers send is cut to size", async () => {
  const target = { kind: "user", name: "n".repeat(1000) } as const;
  await database().$transaction(async (tx) => {
    await writeAudit(
      tx,
      { ...visitor(), agent: "a".repeat(9999) },
      { action: "knock", outcome: "refused", target },
    );
    await writeAudit(tx, systemCall("a job"), { action: "tidy", outcome: "done" });
  });
  const knock = await database().auditEvent.findFirstOrThrow({ where: { action: "knock" } });
  expect(knock).toMatchObject({ actorKind: "anonymous", actorName: "anonymous", actorId: null });
  expect([knock.agent?.length, knock.targetName?.length]).toEqual([200, 300]);
  const tidy = await database().auditEvent.findFirstOrThrow({ where: { action: "tidy" } });
  expect(tidy).toMatchObject({ actorKind: "system", actorName: "a job", door: "system", targetKind: null });
});
