import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "./env.ts";

const algorithm = "aes-256-gcm";
const version = 1;
const nonceLength = 12;
const tagLength = 16;

/**
 * Encrypts a secret that must be read again, such as the seed of an authenticator app.
 * It can only be opened for the same purpose and owner: a row copied to somebody else opens nothing.
 */
export function seal(purpose: string, owner: string, secret: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, keyFor(purpose), nonce);
  cipher.setAAD(bound(purpose, owner));
  const body = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return new Uint8Array(Buffer.concat([Buffer.of(version), nonce, body, cipher.getAuthTag()]));
}

/** @throws when anything about it was changed, or the installation's secret is another one */
export function unseal(purpose: string, owner: string, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== version || bytes.length < 1 + nonceLength + tagLength)
    throw new Error("Not a sealed secret.");
  const nonce = bytes.subarray(1, 1 + nonceLength);
  const decipher = createDecipheriv(algorithm, keyFor(purpose), nonce, { authTagLength: tagLength });
  decipher.setAAD(bound(purpose, owner));
  decipher.setAuthTag(bytes.subarray(-tagLength));
  const body = bytes.subarray(1 + nonceLength, -tagLength);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
}

/** A key of its own for every purpose, so that what one feature seals never opens in another. */
function keyFor(purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", env().secret, "bailiwick seal", purpose, 32));
}

const bound = (purpose: string, owner: string) => Buffer.from(JSON.stringify([version, purpose, owner]));
