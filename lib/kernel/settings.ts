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
    name: "SMTP_URL",
    default: "none: no mail is sent",
    meaning: "mail server, such as smtps://user:password@mail.example.com; needs MAIL_FROM",
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
] as const satisfies readonly Setting[];
