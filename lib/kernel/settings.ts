/** One row of the settings table: the README's list is checked against it. */
export interface Setting {
  name: string;
  default: string;
  meaning: string;
  /** A secret may also come from a file: NAME_FILE names it. */
  file?: boolean;
}

export const settings = [
  { name: "PORT", default: "3000", meaning: "port to listen on" },
  { name: "HOST", default: "every interface", meaning: "address to listen on, such as 127.0.0.1" },
  {
    name: "BAILIWICK_DATA",
    default: "./data",
    meaning: "folder of the embedded database and generated secrets",
  },
  {
    name: "DATABASE_URL",
    default: "the embedded PostgreSQL",
    meaning: "your own PostgreSQL, 15 or newer: postgresql://user:password@host/database",
    file: true,
  },
  {
    name: "DATABASE_DIRECT_URL",
    default: "DATABASE_URL",
    meaning: "the same database without the pooler, for what needs a session of its own: migrations",
    file: true,
  },
  {
    name: "BAILIWICK_CATALOGUE",
    default: "patchmon",
    meaning: "name of a catalogue that comes with Bailiwick, or the path of your own",
  },
  {
    name: "BAILIWICK_URL",
    default: "what the browser asked for",
    meaning: "address that people open, such as https://console.example.com",
  },
  {
    name: "BAILIWICK_SECRET",
    default: "generated into the data folder",
    meaning: "signs cookies and seals stored secrets, at least 32 characters",
    file: true,
  },
  {
    name: "BAILIWICK_ACCEPT_SECRET",
    default: "none",
    meaning:
      "start with a new secret though stored ones cannot be read with it: the twelve digits that the start named",
  },
  {
    name: "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
    default: "generated into the data folder",
    meaning: "32 bytes in base64, the same on every instance that serves the same address",
    file: true,
  },
  {
    name: "BAILIWICK_TRUSTED_PROXIES",
    default: "none",
    meaning:
      "proxies whose X-Forwarded headers count: addresses, CIDR ranges or loopback, separated by commas",
  },
  {
    name: "BAILIWICK_INTERNAL_ADDRESSES",
    default: "none",
    meaning:
      "internal identity providers: host names, addresses, CIDR ranges or loopback, separated by commas; OIDC_ISSUER_URL needs no entry",
  },
  {
    name: "SMTP_URL",
    default: "none: no mail is sent",
    meaning:
      "mail server, such as smtps://user:password@mail.example.com; needs MAIL_FROM, and BAILIWICK_URL for mails with a link",
    file: true,
  },
  {
    name: "MAIL_FROM",
    default: "none",
    meaning: "sender of mails, such as Bailiwick <console@example.com>; needs SMTP_URL",
  },
  { name: "LOG_LEVEL", default: "info", meaning: "trace, debug, info, warn, error, fatal or silent" },
  {
    name: "DATABASE_POOL_SIZE",
    default: "10",
    meaning: "connections that one process keeps to the database",
  },
  {
    name: "OIDC_ENABLED",
    default: "on once issuer, client and secret are set",
    meaning: "sign-in through the identity provider: true or false",
  },
  { name: "OIDC_ISSUER_URL", default: "none", meaning: "issuer, such as https://login.example.com" },
  { name: "OIDC_CLIENT_ID", default: "none", meaning: "client ID at the provider" },
  { name: "OIDC_CLIENT_SECRET", default: "none", meaning: "client secret at the provider", file: true },
  {
    name: "OIDC_REDIRECT_URI",
    default: "our address and /api/auth/callback/oidc",
    meaning: "callback, when the provider knows another address of ours",
  },
  { name: "OIDC_SCOPES", default: "openid email profile groups", meaning: "scopes, separated by spaces" },
  {
    name: "OIDC_AUTO_CREATE_USERS",
    default: "false",
    meaning: "true: people whom nobody knows here yet get an account at their first sign-in",
  },
  {
    name: "OIDC_DEFAULT_ROLE",
    default: "the catalogue's role for new users",
    meaning: "role of whoever no group gives one",
  },
  {
    name: "OIDC_DISABLE_LOCAL_AUTH",
    default: "false",
    meaning: "true: passwords and passkeys sign nobody in, and nobody signs up",
  },
  { name: "OIDC_BUTTON_TEXT", default: "Login with SSO", meaning: "what the button says" },
  {
    name: "OIDC_POST_LOGOUT_URI",
    default: "our sign-in page",
    meaning: "where the provider sends people who signed out",
  },
  {
    name: "OIDC_SYNC_ROLES",
    default: "false",
    meaning: "true: each sign-in works roles out from groups; users and roles are read-only here",
  },
  {
    name: "OIDC_ENFORCE_HTTPS",
    default: "true",
    meaning: "false: allows an issuer over plain http, for trials on one machine",
  },
  {
    name: "OIDC_TRUST_UNVERIFIED_EMAIL",
    default: "false",
    meaning: "true: believes addresses that the provider does not say it has verified",
  },
] as const satisfies readonly Setting[];

/** Besides these: the group that gives a role, OIDC_ and the role's key in capitals and _GROUP. */
export const groupSetting = /^OIDC_([A-Z0-9_]+)_GROUP$/;

/** The variable that names the group of a role. */
export const groupVariable = (role: string): string =>
  `OIDC_${role.toUpperCase().replace(/[^A-Z0-9]/g, "_")}_GROUP`;
