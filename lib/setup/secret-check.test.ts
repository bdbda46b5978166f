import { beforeEach, expect, test } from "vitest";
import { systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { registry } from "#lib/kernel/registry.ts";
import { checkSecret } from "#server/check-secret.ts";
import { enrolTotp } from "#test/factors.ts";
import { openInstallation } from "#test/installation.ts";
import { person } from "#test/people.ts";
import { stops } from "#test/stops.ts";
import { viewSecretState } from "./index.ts";

beforeEach(() => openInstallation());

const state = () => runQuery(viewSecretState, systemCall("test"), {});
const marks = () => database().auditEvent.count({ where: { action: "mark secret", outcome: "done" } });

async function withSecret<T>(secret: string, work: () => Promise<T>): Promise<T> {
  const own = env();
  registry().env = { ...own, secret };
  return work().finally(() => {
    registry().env = own;
  });
}
const other = <T>(work: () => Promise<T>) => withSecret("quite another secret, long enough for anyone", work);

test("the first start marks the database, and the same secret goes on without a word", async () => {
  await checkSecret(undefined);
  expect((await state()).verdict).toBe("known");
  await checkSecret(undefined);
  expect(await marks()).toBe(1);
});

test("another secret is refused with what it would cost, also while nothing is sealed", async () => {
  await checkSecret(undefined);
  await expect(other(() => checkSecret(undefined))).rejects.toEqual(
    stops("other_secret", "BAILIWICK_SECRET"),
  );
  await enrolTotp(await person({ roles: ["user"] }));
  const { fingerprint } = await other(state);
  const refused = stops("other_secret", `BAILIWICK_ACCEPT_SECRET=${fingerprint}`, "1 authenticator app");
  await expect(other(() => checkSecret(undefined))).rejects.toEqual(refused);
  expect(await marks()).toBe(1);
  await checkSecret(undefined);
});

test("the operator goes on with exactly the secret that was named; the first one is then the other", async () => {
  await checkSecret(undefined);
  const { fingerprint } = await other(state);
  await expect(other(() => checkSecret("000000000000"))).rejects.toEqual(stops("other_secret"));
  await other(() => checkSecret(fingerprint));
  await other(() => checkSecret(undefined));
  await expect(checkSecret(fingerprint)).rejects.toEqual(stops("other_secret"));
  expect(await marks()).toBe(2);
});

test("a database of release 0.1 belongs to the secret that opens what it keeps", async () => {
  const user = await person({ roles: ["user"] });
  await enrolTotp(user);
  await expect(other(() => checkSecret(undefined))).rejects.toEqual(
    stops("other_secret", "1 authenticator app"),
  );
  expect(await marks()).toBe(0);
  await checkSecret(undefined);
  expect((await state()).verdict).toBe("known");
  expect(JSON.stringify(await database().setting.findMany())).not.toContain(env().secret);
});
