import { generateSync } from "otplib";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { confirmTotp, startTotp, viewPendingTotp } from "#lib/second-factor/index.ts";
import { callAs, nextInstant, visitor } from "./people.ts";

export const origin = "https://console.example.com";

/** An authenticator app with one account in it. */
export interface AuthenticatorApp {
  secret: string;
  codeAt(at: Date): string;
}

export function authenticatorApp(secret: string): AuthenticatorApp {
  return { secret, codeAt: (at) => generateSync({ secret, epoch: Math.floor(at.getTime() / 1000) }) };
}

/** Sets an authenticator app up as its owner does; answers it with the recovery codes and the instant of its first code. */
export async function enrolTotp(who: { id: string }) {
  const call = await callAs(who);
  await runCommand(startTotp, call, {});
  const pending = await runQuery(viewPendingTotp, call, {});
  const app = authenticatorApp(pending?.secret ?? "");
  const then = { ...call, at: nextInstant() };
  const { codes } = await runCommand(confirmTotp, then, { code: app.codeAt(then.at) });
  return { app, codes, at: then.at };
}

/** A request of nobody yet, of whom the address bar is known: passkeys need it. */
export const visitorHere = (address?: string): Call => ({ ...visitor(address), origin });

/** Asks for a second factor from holders of these roles. */
export async function requireFactor(...secondFactorRoles: string[]): Promise<void> {
  const row = { value: { secondFactorRoles }, updatedAt: new Date() };
  const key = "security";
  await database().setting.upsert({ where: { key }, create: { key, ...row }, update: row });
}
