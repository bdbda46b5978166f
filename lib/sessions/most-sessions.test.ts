import { beforeAll, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { openInstallation } from "#test/installation.ts";
import { callWith, nextInstant, person, signedIn } from "#test/people.ts";
import { crowdedOut } from "./session-end.ts";
import { mostSessions } from "./start-session.ts";

beforeAll(() => openInstallation());

test("B06: an account has so many live sessions; the one not used for longest ends and says why, nobody else's does", async () => {
  const [who, other] = [await person({ roles: ["user"] }), await person({ roles: ["user"] })];
  const others = await signedIn(other);
  const [used, idle] = [await signedIn(who), await signedIn(who)];
  for (let number = 2; number < mostSessions; number++) await signedIn(who);
  const { actor } = await callWith(used);
  const id = actor.kind === "user" ? actor.sessionId : "";
  await database().session.update({ where: { id }, data: { lastUsedAt: nextInstant() } });
  await signedIn(who);
  const live = await database().session.count({ where: { userId: who.id, endedAt: null } });
  expect(live).toBe(mostSessions);
  const ended = await database().session.findMany({ where: { endedAt: { not: null } } });
  expect(ended).toMatchObject([{ userId: who.id, endedWhy: crowdedOut, idToken: null }]);
  expect((await callWith(idle)).actor).toEqual({ kind: "anonymous" });
  for (const token of [used, others]) expect((await callWith(token)).actor.kind).toBe("user");
});
