import { describe, expect, test } from "vitest";
import { stops } from "#test/stops.ts";
import { readEnv } from "./env.ts";
import { settings } from "./settings.ts";

const key = Buffer.alloc(32, 1).toString("base64");

describe("settings", () => {
  test("with nothing set, the defaults hold", () => {
    expect(readEnv({})).toMatchObject({
      port: 3000,
      host: undefined,
      databaseUrl: undefined,
      databaseDirectUrl: undefined,
      catalogue: "patchmon",
      publicUrl: undefined,
      secret: undefined,
      trustedProxies: [],
      logLevel: "info",
      databasePoolSize: 10,
    });
    expect(readEnv({}).dataDir).toBe(`${process.cwd()}/data`);
  });

  test("an empty value is as good as none", () => {
    const empty = Object.fromEntries(settings.map(({ name }) => [name, " "]));
    expect(readEnv(empty)).toEqual(readEnv({}));
  });

  test.each([
    ["PORT", "4000", "port", 4000],
    ["HOST", "::1", "host", "::1"],
    ["BAILIWICK_DATA", "/srv/data", "dataDir", "/srv/data"],
    ["DATABASE_URL", "postgres://a:b@host/name", "databaseUrl", "postgres://a:b@host/name"],
    ["BAILIWICK_URL", "https://Example.com:443/", "publicUrl", "https://example.com"],
    [
      "BAILIWICK_TRUSTED_PROXIES",
      "loopback, 10.0.0.0/8,::1",
      "trustedProxies",
      ["loopback", "10.0.0.0/8", "::1"],
    ],
    [
      "BAILIWICK_INTERNAL_ADDRESSES",
      "login.corp.example, 10.1.0.0/16,FD00::1,loopback",
      "internalAddresses",
      ["login.corp.example", "10.1.0.0/16", "fd00::1", "loopback"],
    ],
    ["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", key, "serverActionsKey", key],
    ["DATABASE_POOL_SIZE", "3", "databasePoolSize", 3],
  ] as const)("%s is read", (name, text, field, value) => {
    expect(readEnv({ [name]: text })[field]).toEqual(value);
  });

  test.each([
    ["PORT", "http"],
    ["PORT", "70000"],
    ["PORT", "-1"],
    ["HOST", "a b"],
    ["DATABASE_URL", "mysql://host/name"],
    ["DATABASE_URL", "postgresql://host"],
    ["DATABASE_URL", "nonsense"],
    ["BAILIWICK_URL", "https://example.com/path"],
    ["BAILIWICK_URL", "ftp://example.com"],
    ["BAILIWICK_URL", "example.com"],
    ["BAILIWICK_SECRET", "short"],
    ["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", "c2hvcnQ="],
    ["BAILIWICK_TRUSTED_PROXIES", "10.0.0.0/33"],
    ["BAILIWICK_TRUSTED_PROXIES", "everybody"],
    ["BAILIWICK_INTERNAL_ADDRESSES", "10.0.0.0/33"],
    ["BAILIWICK_INTERNAL_ADDRESSES", "https://login.corp.example"],
    ["BAILIWICK_INTERNAL_ADDRESSES", "login.corp.example:8443"],
    ["BAILIWICK_INTERNAL_ADDRESSES", "0x7f.1"],
    ["BAILIWICK_INTERNAL_ADDRESSES", "user@host"],
    ["BAILIWICK_INTERNAL_ADDRESSES", "[::1]"],
    ["SMTP_URL", "mail.example.com"],
    ["MAIL_FROM", "console"],
    ["MAIL_FROM", "a@example.com, b@example.com"],
    ["LOG_LEVEL", "loud"],
    ["DATABASE_POOL_SIZE", "0"],
  ])("%s=%s stops the start with one sentence that names the setting and an example", (name, text) => {
    const failure = failureOf(() => readEnv({ [name]: text }));
    expect(failure).toEqual(stops("setting_unusable", name));
    // What is expected, an example, and what was got.
    expect(failure.message.split(", ").length).toBeGreaterThanOrEqual(3);
  });

  test("mail needs its server and its sender: both or neither", () => {
    const server = "smtps://user:secret@mail.example.com";
    const from = "Bailiwick <console@example.com>";
    expect(readEnv({}).mail).toBeUndefined();
    expect(readEnv({ SMTP_URL: server, MAIL_FROM: from }).mail).toEqual({ server, from });
    expect(failureOf(() => readEnv({ SMTP_URL: server }))).toEqual(stops("setting_missing", "MAIL_FROM="));
    expect(failureOf(() => readEnv({ MAIL_FROM: from }))).toEqual(stops("setting_missing", "SMTP_URL="));
    const wrong = failureOf(() => readEnv({ SMTP_URL: "https://user:hunter2@mail.example.com" }));
    expect(wrong).toEqual(stops("setting_unusable", "SMTP_URL"));
    expect(wrong.message).not.toContain("hunter2");
  });

  test("a wrong secret is not repeated", () => {
    const failure = failureOf(() => readEnv({ BAILIWICK_SECRET: "hunter2" }));
    expect(failure.message).not.toContain("hunter2");
    const url = failureOf(() => readEnv({ DATABASE_URL: "mysql://root:hunter2@host/x" }));
    expect(url.message).not.toContain("hunter2");
  });

  test("secrets come from files as well, and only secrets", () => {
    const files: Record<string, string> = {
      "/run/secret": `${"s".repeat(40)}\n`,
      "/run/url": "postgresql://h/db\n",
    };
    const read = (path: string) => files[path] ?? fail(path);
    const env = readEnv(
      { BAILIWICK_SECRET_FILE: "/run/secret", DATABASE_URL_FILE: "/run/url", PORT_FILE: "/x" },
      read,
    );
    expect(env).toMatchObject({ secret: "s".repeat(40), databaseUrl: "postgresql://h/db", port: 3000 });
    const failure = failureOf(() => readEnv({ BAILIWICK_SECRET_FILE: "/gone" }, read));
    expect(failure).toEqual(stops("setting_file_unreadable", "BAILIWICK_SECRET_FILE", "/gone"));
  });
});

function fail(path: string): never {
  throw new Error(`no ${path}`);
}

function failureOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("it did not fail");
}
