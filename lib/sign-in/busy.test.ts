import { beforeAll, expect, test } from "vitest";
import { stranger } from "#lib/kernel/caller.ts";
import { database } from "#lib/kernel/database.ts";
import { dearWork, mostAtOnce, mostWaiting } from "#lib/kernel/dear-work.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { limits } from "#lib/kernel/rate-limits.ts";
import { openInstallation } from "#test/installation.ts";
import { password, person, visitor, visitorWith } from "#test/people.ts";
import { failure } from "#test/trail.ts";
import { signIn } from "./sign-in.ts";

beforeAll(() => openInstallation());

test("while strangers' guesses fill the line, every name is answered alike, and a known browser gets in", async () => {
  const { username } = await person({ roles: ["user"] });
  const { browser } = await runCommand(signIn, visitor(), { identifier: username, password });
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const storm = Array.from({ length: mostAtOnce() + mostWaiting }, (_, host) =>
    dearWork(stranger({ address: `203.0.113.${host}` }), () => held),
  );
  const told: object[] = [];
  // More often than wrong passwords would be looked at: who is sent away has not guessed.
  for (let turn = 0; turn < limits.pair.points * 2; turn++) {
    const identifier = turn % 2 ? username : "nobody.at.all";
    const { code, reason, message, details, fields } = await failure(
      runCommand(signIn, visitor("198.51.100.77"), { identifier, password }),
    );
    told.push({ code, reason, message, details, fields });
  }
  expect(told[0]).toMatchObject({
    code: "unavailable",
    reason: "busy",
    details: { retryAfter: expect.any(Number) },
  });
  expect(told).toEqual(told.map(() => told[0]));
  const rows = await database().auditEvent.count({ where: { reason: "busy" } });
  expect(rows).toBe(0);

  const owner = runCommand(signIn, visitorWith(browser ?? ""), { identifier: username, password });
  letGo();
  await Promise.all(storm);
  expect((await owner).kind).toBe("session");
  const again = await runCommand(signIn, visitor("198.51.100.77"), { identifier: username, password });
  expect(again.kind).toBe("session");
});
