import { generateSecret, generateURI, verifySync } from "otplib";

/** RFC 6238 as every authenticator app has it: six digits, thirty seconds, SHA-1. */
const stepSeconds = 30;

/** 160 random bits, in base32. */
export const newTotpSecret = (): string => generateSecret({ length: 20 });

/** What an authenticator app reads from the QR code. The host tells several installations apart. */
export function totpUri(secret: string, username: string, host: string): string {
  return generateURI({ issuer: host ? `Bailiwick ${host}` : "Bailiwick", label: username, secret });
}

/** The step that a code belongs to: the present one, the one before or the next; undefined for a wrong code. */
export function stepOfCode(secret: string, code: string, at: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const epoch = Math.floor(at / 1000);
  const result = verifySync({ secret, token: code, epoch, epochTolerance: stepSeconds });
  return result.valid && "timeStep" in result ? result.timeStep : undefined;
}
