import { randomBytes } from "node:crypto";
import type { Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { hashToken } from "#lib/kernel/secret-token.ts";

/** Crockford's base32: nothing in it is mistaken for something else. 24 characters are 120 bits. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const length = 24;
const group = 6;
const recoveryCodeCount = 10;

export function newRecoveryCode(): string {
  const text = Array.from(randomBytes(length), (byte) => alphabet[byte % 32]).join("");
  return text.match(new RegExp(`.{${group}}`, "g"))?.join("-") ?? text;
}

/** As it is compared: without hyphens and spaces, and with what people misread put right. */
function normalise(code: string): string {
  return code
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "")
    .replaceAll("o", "0")
    .replaceAll(/[il]/g, "1");
}

/** 120 random bits need no slow hash: guessing the hash's origin is guessing the code. */
const hashCode = (code: string) => hashToken(normalise(code));

/** Replaces a user's codes; what it answers is shown once and kept nowhere. */
export async function replaceRecoveryCodes(tx: Tx, userId: string, at: Date): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode);
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({
      id: newId(at.getTime()),
      userId,
      hash: hashCode(code),
      createdAt: at,
    })),
  });
  return codes;
}

/** Spends a code: of any number at once, one gets true. */
export async function spendRecoveryCode(tx: Tx, userId: string, code: string): Promise<boolean> {
  if (normalise(code).length !== length) return false;
  const { count } = await tx.recoveryCode.deleteMany({ where: { userId, hash: hashCode(code) } });
  return count === 1;
}
