import { createHmac } from "node:crypto";

/** Where a server answers: a Unix socket in a folder, or a loopback port. */
export interface Endpoint {
  socketFolder?: string;
  port: number;
  /** What the passwords of its roles are made from; undefined for a server that asks for none, as some of tests do. */
  secret?: string | undefined;
}

/**
 * Who connects. The superuser makes the others and owns nothing of ours, the owner migrates, and the application has the
 * rights that `grants.ts` gives. A data folder of release 0.1 had the first alone, and it did everything.
 */
export const roles = {
  superuser: "bailiwick",
  owner: "bailiwick_owner",
  application: "bailiwick_app",
} as const;
export type Role = keyof typeof roles;

export const databaseName = "bailiwick";

/** The superuser's is the file's own content, as it was in release 0.1 on Windows; the others are made from it. */
export function passwordOf(secret: string, role: Role): string {
  if (role === "superuser") return secret;
  return createHmac("sha256", secret).update(`bailiwick postgres ${role}`).digest("hex");
}

/** A connection URL that both pg and libpq read. */
export function urlOf(endpoint: Endpoint, database: string, role: Role = "superuser"): string {
  const { socketFolder, port, secret } = endpoint;
  const who =
    secret === undefined ? roles[role] : `${roles[role]}:${encodeURIComponent(passwordOf(secret, role))}`;
  if (socketFolder === undefined) return `postgresql://${who}@127.0.0.1:${port}/${database}`;
  return `postgresql://${who}@localhost:${port}/${database}?host=${encodeURIComponent(socketFolder)}`;
}
