import { createHmac, randomBytes } from "node:crypto";
import type { AuditRow } from "./audit.ts";

/**
 * A row of the audit log with what it is sealed by: its canonical text, in which a commitment stands for everything that
 * says something about a person, and the salt that these come from. Give it what is stored: the text is proven against it.
 */
export function withContent(row: AuditRow, salt: Buffer = randomBytes(16)): AuditRow {
  const { before, after } = row;
  const storable = {
    ...row,
    ...(before && { before: readable(before) }),
    ...(after && { after: readable(after) }),
  };
  return { ...storable, salt: new Uint8Array(salt), content: contentOf(storable, salt) };
}

/** As it is read again: the database client drops fields that are named `__proto__`. */
const readable = <T>(state: T): T =>
  JSON.parse(JSON.stringify(state), (key, value) => (key === "__proto__" ? undefined : value));

/** The text that `row.content` has to be, from the row as it was stored and its salt. */
export function contentOf(row: AuditRow, salt: Uint8Array): string {
  const commit = (path: string, value: unknown) =>
    value === undefined || value === null ? undefined : commitment(salt, path, value);
  const state = (name: "before" | "after") => {
    const fields = Object.entries((row[name] ?? {}) as object).filter(([, value]) => value !== undefined);
    const committed = fields.map(([key, value]) => [key, commitment(salt, `${name}.${key}`, value)]);
    return row[name] ? Object.fromEntries(committed) : undefined;
  };
  const plain = ["id", "action", "outcome", "reason", "actorKind", "actorId", "door"] as const;
  const about = ["requestId", "targetKind", "targetId"] as const;
  return canonical({
    ...Object.fromEntries([...plain, ...about].map((name) => [name, row[name] ?? undefined])),
    at: new Date(row.at).toISOString(),
    actorName: commit("actorName", row.actorName),
    address: commit("address", row.address),
    agent: commit("agent", row.agent),
    targetName: commit("targetName", row.targetName),
    before: state("before"),
    after: state("after"),
    format: 1,
  });
}

/**
 * Says nothing about the value to those who have no salt, and can be no other value to those who have. Every field has a
 * salt of its own that comes from the row's: one can be forgotten while those of the others are kept.
 */
const commitment = (salt: Uint8Array, path: string, value: unknown): string =>
  hmac(hmac(salt, path), canonical(value)).toString("base64url");

const hmac = (key: Uint8Array, text: string) => createHmac("sha256", key).update(text).digest();

/** JSON as RFC 8785 has it: keys in order, no spaces. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if ("toJSON" in value && typeof value.toJSON === "function") return canonical(value.toJSON());
  const fields = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`);
  return `{${fields.join(",")}}`;
}
