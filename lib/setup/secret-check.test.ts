import { existsSync, statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { env, withDatabaseUrl } from "#lib/kernel/env.ts";
import { log } from "#lib/kernel/log.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { registry } from "#lib/kernel/registry.ts";
import { seal } from "#lib/kernel/seal.ts";
import { secretFile } from "#lib/kernel/secret-file.ts";
import { checkSecret } from "#server/check-secret.ts";
import { projectFolder } from "#server/project-folder.ts";
import { enrolTotp } from "#test/factors.ts";
import { openInstallation } from "#test/installation.ts";
import { person, signedIn } from "#test/people.ts";
import { stops } from "#test/stops.ts";
import { storeProvider } from "#test/sync.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { viewSecretState } from "./index.ts";

beforeEach(() => openInstallation());

const state = () => runQuery(viewSecretState, systemCall("test"), {});
const marks = () => database().auditEvent.count({ where: { action: "mark secret", outcome: "done" } });

async function withSecret<T>(secret: string, work: () => Promise<T>, more: object = {}): Promise<T> {
  const own = env();
  registry().env = { ...own, secret, ...more };
  return work().finally(() => {
    registry().env = own;
  });
}
const other = <T>(work: () => Promise<T>, more?: object) =>
  withSecret("quite another secret, long enough for anyone", work, more);

test("the first start marks the database, and the same secret goes on without a word", async () => {
  await checkSecret(undefined);
  expect((await state()).verdict).toBe("known");
  await checkSecret(undefined);
  expect(await marks()).toBe(1);
});

test("another secret is refused with what it would cost, also while nothing is sealed", async () => {
  await checkSecret(undefined);
  await expect(other(() => checkSecret(undefined))).rejects.toEqual(
    stops("other_secret", "BAILIWICK_ACCEPT_SECRET=", "nothing"),
  );
  const jane = await person({ roles: ["user"] });
  await enrolTotp(jane);
  await storeProvider();
  await database().identityProvider.updateMany({ data: { secret: new Uint8Array(seal("x", "y", "z")) } });
  await signedIn(jane);
  const live = new Date(Date.now() + 60_000);
  const idToken = new Uint8Array(seal("x", "y", "z"));
  await database().session.updateMany({ data: { idToken, expiresAt: live } });
  const { fingerprint } = await other(state);
  const named = ["1 authenticator app", "1 client secret", "2 sessions"];
  const refused = stops("other_secret", `BAILIWICK_ACCEPT_SECRET=${fingerprint}`, ...named);
  await expect(other(() => checkSecret(undefined))).rejects.toEqual(refused);
  expect(await marks()).toBe(1);
  await checkSecret(undefined);
});

test("it says where the secret came from, and where the right one lies", async () => {
  const folder = await temporaryFolder();
  const secretPath = join(folder, "secret");
  const inFile = secretFile(folder, "secret");
  const refused = (secretIsSet: boolean) => other(() => checkSecret(undefined), { secretIsSet, secretPath });
  await withSecret(inFile, () => checkSecret(undefined));
  await expect(refused(false)).rejects.toEqual(stops("other_secret", `the secret in ${secretPath}`));
  await expect(refused(true)).rejects.toEqual(
    stops("other_secret", "than BAILIWICK_SECRET", secretPath, "without BAILIWICK_SECRET"),
  );
  await writeFile(secretPath, "damaged");
  await expect(refused(true)).rejects.not.toEqual(stops("other_secret", secretPath));
  await expect(refused(true)).rejects.toEqual(stops("other_secret", "Set BAILIWICK_SECRET"));
});

test("a secret file that is gone is named as missing, once a new one was made", async () => {
  await checkSecret(undefined);
  const own = env();
  const folder = await temporaryFolder();
  vi.stubEnv("BAILIWICK_DATA", folder);
  vi.stubEnv("BAILIWICK_SECRET", "");
  onTestFinished(() => {
    vi.unstubAllEnvs();
    registry().env = own;
  });
  registry().env = undefined;
  registry().env = withDatabaseUrl(env(), own.databaseUrl ?? "");
  const path = join(folder, "secret");
  expect(existsSync(path)).toBe(false);
  await expect(checkSecret(undefined)).rejects.toEqual(stops("other_secret", `${path} was missing`));
  const { mtime } = statSync(path);
  await expect(checkSecret(undefined)).rejects.toEqual(stops("other_secret", path, mtime.toISOString()));
});

test("whatever can be sealed in the database is counted", async () => {
  const schema = await readFile(join(projectFolder, "prisma", "schema.prisma"), "utf8");
  const bytes = [...schema.matchAll(/^model (\w+) \{([^}]*)/gm)].flatMap(([, model = "", body = ""]) =>
    [...body.matchAll(/^ {2}(\w+) +Bytes/gm)].map(([, field = ""]) => `${model}.${field}`),
  );
  const plain = /\.(?:\w*[hH]ash|salt|publicKey)$/;
  expect(bytes.filter((column) => !plain.test(column))).toEqual([
    "Session.idToken",
    "Totp.secret",
    "IdentityProvider.secret",
  ]);
});

test("the operator goes on with exactly the secret that was named; the first one is then the other", async () => {
  await checkSecret(undefined);
  const { fingerprint } = await other(state);
  await expect(other(() => checkSecret("000000000000"))).rejects.toEqual(stops("other_secret"));
  const warned = vi.spyOn(log(), "warn").mockReturnValue();
  onTestFinished(() => warned.mockRestore());
  await other(() => checkSecret(fingerprint));
  const accepted = [{ where: "secret", fingerprint }, expect.stringContaining("BAILIWICK_ACCEPT_SECRET")];
  expect(warned.mock.calls).toEqual([accepted]);
  await other(() => checkSecret(undefined));
  expect(warned).toHaveBeenCalledTimes(1);
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
