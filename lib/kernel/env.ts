import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { isAddressRange, isHostName } from "./address-range.ts";
import { StartError } from "./errors.ts";
import { registry } from "./registry.ts";
import { secretFile } from "./secret-file.ts";
import { groupSetting, settings } from "./settings.ts";
import { withTlsMode } from "./tls-mode.ts";

type Name = (typeof settings)[number]["name"];
type Source = Record<string, string | undefined>;

const list = (entry: z.ZodString) =>
  z
    .string()
    .default("")
    .transform((text) =>
      text
        .split(",")
        .map((part) => part.trim().toLowerCase())
        .filter(Boolean),
    )
    .pipe(z.array(entry));

const isMailServer = (text: string) =>
  URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== "";
const isOrigin = (text: string) => URL.canParse(text) && new URL(text).href === `${new URL(text).origin}/`;
const isWeb = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
const isDatabase = (text: string) =>
  URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol) && new URL(text).pathname.length > 1;

const wholeNumber = (low: number, high: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(low).max(high));

const flag = [
  z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional(),
  "true or false",
] as const;
const text = (example: string) => [z.string().max(500).optional(), `a text, such as ${example}`] as const;
const address = (example: string) =>
  [z.string().refine(isWeb).optional(), `an http or https address, such as ${example}`] as const;

/** Per setting: how it is read, and what a wrong value is told was expected. */
const rules = {
  PORT: [wholeNumber(0, 65535).default(3000), "a port number from 1 to 65535, such as 3000"],
  HOST: [
    z
      .string()
      .regex(/^[\w.:-]+$/)
      .optional(),
    "an address or host name of this machine, such as 127.0.0.1",
  ],
  BAILIWICK_DATA: [
    z
      .string()
      .default("./data")
      .transform((path) => resolve(path)),
    "a folder, such as ./data",
  ],
  DATABASE_URL: [
    z.string().refine(isDatabase).transform(withTlsMode).optional(),
    "a PostgreSQL address, such as postgresql://user:password@localhost:5432/bailiwick",
  ],
  DATABASE_DIRECT_URL: [
    z.string().refine(isDatabase).transform(withTlsMode).optional(),
    "a PostgreSQL address, such as postgresql://user:password@localhost:5432/bailiwick",
  ],
  BAILIWICK_CATALOGUE: [z.string().default("patchmon"), "a catalogue's name or path, such as patchmon"],
  BAILIWICK_URL: [
    z
      .url({ protocol: /^https?$/ })
      .refine(isOrigin)
      .transform((text) => new URL(text).origin)
      .optional(),
    "an http or https address without a path, such as https://console.example.com",
  ],
  BAILIWICK_SECRET: [
    z.string().min(32).optional(),
    "at least 32 characters, such as the output of `openssl rand -base64 32`",
  ],
  BAILIWICK_ACCEPT_SECRET: [
    z
      .string()
      .regex(/^[0-9a-f]{12}$/)
      .optional(),
    "the twelve digits that the start named, such as 3f09c2a17b5e",
  ],
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: [
    z
      .base64()
      .refine((text) => Buffer.from(text, "base64").length === 32)
      .optional(),
    "32 bytes in base64, such as the output of `openssl rand -base64 32`",
  ],
  BAILIWICK_TRUSTED_PROXIES: [
    list(z.string().refine(isAddressRange)),
    "addresses, CIDR ranges or loopback, such as 10.0.0.0/8,loopback",
  ],
  BAILIWICK_INTERNAL_ADDRESSES: [
    list(z.string().refine((entry) => isAddressRange(entry) || isHostName(entry))),
    "host names, addresses, CIDR ranges or loopback, such as login.corp.example,10.1.0.0/16",
  ],
  SMTP_URL: [
    z.string().refine(isMailServer).optional(),
    "a mail server, such as smtps://user:password@mail.example.com or smtp://localhost:25",
  ],
  MAIL_FROM: [
    z
      .string()
      .regex(/^(?:[^<>@\r\n"]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/)
      .optional(),
    "an address, such as console@example.com or Bailiwick <console@example.com>",
  ],
  LOG_LEVEL: [
    z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
    "trace, debug, info, warn, error, fatal or silent, such as info",
  ],
  DATABASE_POOL_SIZE: [wholeNumber(1, 500).default(10), "a whole number from 1 to 500, such as 10"],
  OIDC_ENABLED: flag,
  OIDC_ISSUER_URL: address("https://login.example.com"),
  OIDC_CLIENT_ID: text("bailiwick"),
  OIDC_CLIENT_SECRET: [z.string().max(2000).optional(), "the client secret that the provider gave"],
  OIDC_REDIRECT_URI: address("https://console.example.com/api/auth/callback/oidc"),
  OIDC_SCOPES: [
    z
      .string()
      .max(500)
      .refine((scopes) => scopes.split(/\s+/).includes("openid"))
      .optional(),
    "scopes with openid among them, such as openid email profile groups",
  ],
  OIDC_AUTO_CREATE_USERS: flag,
  OIDC_DEFAULT_ROLE: text("user"),
  OIDC_DISABLE_LOCAL_AUTH: flag,
  OIDC_BUTTON_TEXT: [
    z.string().max(60).optional(),
    "a text of at most 60 characters, such as Login with SSO",
  ],
  OIDC_POST_LOGOUT_URI: address("https://console.example.com/sign-in"),
  OIDC_SYNC_ROLES: flag,
  OIDC_ENFORCE_HTTPS: flag,
  OIDC_TRUST_UNVERIFIED_EMAIL: flag,
} satisfies Record<Name, readonly [z.ZodType, string]>;

const secrets: readonly string[] = settings.flatMap((row) => ("file" in row ? [row.name] : []));

function textOf(name: Name, source: Source, readFile: (path: string) => string): string | undefined {
  const text = source[name]?.trim();
  if (text) return text;
  const path = secrets.includes(name) ? source[`${name}_FILE`]?.trim() : undefined;
  if (!path) return undefined;
  try {
    return readFile(path).trim() || undefined;
  } catch {
    throw new StartError(
      "setting_file_unreadable",
      `${name}_FILE names ${path}, which cannot be read: expected a readable file, such as /run/secrets/${name.toLowerCase()}.`,
    );
  }
}

/** Reads and checks every setting; the first wrong one stops the start. Pure, given `readFile`. */
export function readEnv(source: Source, readFile = (path: string) => readFileSync(path, "utf8")) {
  const read = <N extends Name>(name: N): z.output<(typeof rules)[N][0]> => {
    const [schema, expected] = rules[name];
    const text = textOf(name, source, readFile);
    const result = schema.safeParse(text);
    if (result.success) return result.data as z.output<(typeof rules)[N][0]>;
    const got = secrets.includes(name) ? "its value" : `"${text}"`;
    throw new StartError(
      "setting_unusable",
      `${name} is not usable: expected ${expected}, got ${got === "its value" ? "something else" : got}.`,
    );
  };
  return {
    port: read("PORT"),
    host: read("HOST"),
    dataDir: read("BAILIWICK_DATA"),
    databaseUrl: read("DATABASE_URL"),
    databaseDirectUrl: read("DATABASE_DIRECT_URL"),
    catalogue: read("BAILIWICK_CATALOGUE"),
    publicUrl: read("BAILIWICK_URL"),
    secret: read("BAILIWICK_SECRET"),
    acceptedSecret: read("BAILIWICK_ACCEPT_SECRET"),
    serverActionsKey: read("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"),
    trustedProxies: read("BAILIWICK_TRUSTED_PROXIES"),
    internalAddresses: read("BAILIWICK_INTERNAL_ADDRESSES"),
    mail: readMail(read("SMTP_URL"), read("MAIL_FROM")),
    logLevel: read("LOG_LEVEL"),
    databasePoolSize: read("DATABASE_POOL_SIZE"),
    oidc: {
      enabled: read("OIDC_ENABLED"),
      issuer: read("OIDC_ISSUER_URL"),
      clientId: read("OIDC_CLIENT_ID"),
      clientSecret: read("OIDC_CLIENT_SECRET"),
      redirectUri: read("OIDC_REDIRECT_URI"),
      scopes: read("OIDC_SCOPES"),
      autoCreateUsers: read("OIDC_AUTO_CREATE_USERS"),
      defaultRole: read("OIDC_DEFAULT_ROLE"),
      disableLocalSignIn: read("OIDC_DISABLE_LOCAL_AUTH"),
      buttonText: read("OIDC_BUTTON_TEXT"),
      postLogoutUri: read("OIDC_POST_LOGOUT_URI"),
      syncRoles: read("OIDC_SYNC_ROLES"),
      enforceHttps: read("OIDC_ENFORCE_HTTPS"),
      trustUnverifiedEmail: read("OIDC_TRUST_UNVERIFIED_EMAIL"),
      groups: readGroups(source),
    },
  };
}

/** The groups that give roles, by variable name: OIDC_ADMIN_GROUP=it-admins. */
function readGroups(source: Source): Readonly<Record<string, string>> {
  const set = Object.entries(source).map(([name, value]) => [name, value?.trim()] as const);
  return Object.fromEntries(
    set.filter((entry): entry is [string, string] => groupSetting.test(entry[0]) && Boolean(entry[1])),
  );
}

/** How mail is sent; absent while it is not. */
export interface MailSettings {
  server: string;
  from: string;
}

/** One of the two alone is a mistake that would show only when somebody waits for a mail. */
function readMail(server: string | undefined, from: string | undefined): MailSettings | undefined {
  if (server !== undefined && from !== undefined) return { server, from };
  if (server === undefined && from === undefined) return undefined;
  const [missing, example] =
    server === undefined ? ["SMTP_URL", "smtp://localhost:25"] : ["MAIL_FROM", "console@example.com"];
  throw new StartError(
    "setting_missing",
    `${missing} is missing: expected both SMTP_URL and MAIL_FROM or neither, such as ${missing}=${example}.`,
  );
}

type Read = ReturnType<typeof readEnv>;
/** Settings with the secrets that nobody set filled in from the data folder. */
export type Env = Read & {
  secret: string;
  serverActionsKey: string;
  /** Where the generated secret lies, or would lie. */
  secretPath: string;
  /** Whether BAILIWICK_SECRET is used and not that file. */
  secretIsSet: boolean;
};

/**
 * The settings of this process, read once. Generated secrets are written when they are first asked for: a command that
 * finds no installation leaves nothing behind.
 */
export function env(): Env {
  const shared = registry();
  shared.env ??= complete(readEnv(process.env));
  return shared.env;
}

function complete(read: Read): Env {
  let { secret, serverActionsKey } = read;
  return {
    ...read,
    get secret() {
      secret ??= secretFile(read.dataDir, "secret");
      return secret;
    },
    secretPath: join(read.dataDir, "secret"),
    secretIsSet: read.secret !== undefined,
    get serverActionsKey() {
      serverActionsKey ??= secretFile(read.dataDir, "server-actions-key");
      return serverActionsKey;
    },
  };
}

/** The same settings with this database. Its getters are copied as such, so that no secret is made by it. */
export function withDatabaseUrl(settings: Env, databaseUrl: string): Env {
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(settings)) as Env;
  return Object.assign(copy, { databaseUrl });
}

/** Next and next-auth read these from the environment, before they are loaded. `ownAddress`: where this process listens. */
export function handToNext({ serverActionsKey, secret }: Env, ownAddress: string, dev: boolean): void {
  const given = {
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: serverActionsKey,
    // Next fetches from itself after an action redirects; without this it would ask whatever host the request named.
    __NEXT_PRIVATE_ORIGIN: ownAddress,
    NEXTAUTH_SECRET: secret,
    // The forwarded headers that next-auth sees are written by the listener alone.
    AUTH_TRUST_HOST: "true",
  };
  Object.assign(process.env, given);
}
