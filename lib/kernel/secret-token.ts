import { createHash, randomBytes } from "node:crypto";

/** A bearer secret of 256 random bits, in base64url. Only its hash is ever stored. */
export function newSecretToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 is enough for a secret that is random itself; guessing it is as hard as guessing the secret. */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token, "utf8").digest());
}
