import { hkdfSync } from "node:crypto";
import { z } from "zod";
import type { Reader } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { defineCommand, defineQuery } from "#lib/kernel/operation.ts";
import { unseal } from "#lib/kernel/seal.ts";
import { secretPurpose } from "#lib/providers/index.ts";
import { opensTotp } from "#lib/second-factor/index.ts";

const key = "secret check";
const stored = z.object({ fingerprint: z.string() });

/** Of each kind that many are tried, the newest first: what an earlier loss left unreadable is older. */
const tried = 100;

/** How much of each kind is sealed in the database, readable or not. */
export interface Sealed {
  authenticatorApps: number;
  providerSecrets: number;
  /** Of live sessions: with them signing out here signs out at the provider. */
  providerTokens: number;
}

export interface SecretState {
  /** Of the secret that this process has: twelve hexadecimal digits, which tell nothing of it. */
  fingerprint: string;
  /**
   * `known`: the database belongs to this secret. `other`: it belongs to another one. `unmarked`: it says nothing yet, as in
   * release 0.1, and nothing speaks against this secret.
   */
  verdict: "known" | "other" | "unmarked";
  /** Fingerprint of the secret that the database belongs to, where it says so. */
  marked: string | undefined;
  sealed: Sealed;
}

/** Whether the installation's secret is the one that sealed what the database keeps. */
export const viewSecretState = defineQuery({
  name: "view secret state",
  needs: "system",
  input: z.object({}),
  async run({ reader, call }): Promise<SecretState> {
    const fingerprint = fingerprintOf(env().secret);
    const row = await reader.setting.findUnique({ where: { key }, select: { value: true } });
    const marked = stored.safeParse(row?.value).data?.fingerprint;
    if (marked === fingerprint) {
      const sealed = { authenticatorApps: 0, providerSecrets: 0, providerTokens: 0 };
      return { fingerprint, verdict: "known", marked, sealed };
    }
    const sealed = {
      authenticatorApps: await reader.totp.count(),
      providerSecrets: await reader.identityProvider.count({ where: { secret: { not: null } } }),
      providerTokens: await reader.session.count({
        where: { idToken: { not: null }, endedAt: null, expiresAt: { gt: call.at } },
      }),
    };
    const other = marked !== undefined || (await speaksAgainst(reader));
    return { fingerprint, verdict: other ? "other" : "unmarked", marked, sealed };
  },
});

/** Whether of what is sealed, none that was tried opens. */
async function speaksAgainst(reader: Reader): Promise<boolean> {
  const totps = await reader.totp.findMany({
    select: { userId: true, secret: true },
    orderBy: { createdAt: "desc" },
    take: tried,
  });
  const providers = await reader.identityProvider.findMany({
    where: { secret: { not: null } },
    select: { slug: true, secret: true },
    orderBy: { updatedAt: "desc" },
    take: tried,
  });
  const opens =
    totps.some(({ userId, secret }) => opensTotp(userId, secret)) ||
    providers.some(({ slug, secret }) => secret && opensProvider(slug, secret));
  return totps.length + providers.length > 0 && !opens;
}

/** Marks the database as this secret's. What another secret sealed stays, and stays unreadable. */
export const markSecret = defineCommand({
  name: "mark secret",
  needs: "system",
  input: z.object({}),
  async run({ tx, call }) {
    const value = { fingerprint: fingerprintOf(env().secret) };
    const before = await tx.setting.findUnique({ where: { key }, select: { value: true } });
    const row = { value, updatedAt: call.at };
    await tx.setting.upsert({ where: { key }, create: { key, ...row }, update: row, select: { key: true } });
    return {
      target: { kind: "installation", name: "Secret" },
      ...(before && { before: before.value as object }),
      after: value,
      result: undefined,
    };
  },
});

function opensProvider(slug: string, sealed: Uint8Array): boolean {
  try {
    unseal(secretPurpose, slug, sealed);
    return true;
  } catch {
    return false;
  }
}

/** Derived as keys are, and short: nothing leads from it back to the secret. */
export function fingerprintOf(secret: string): string {
  return Buffer.from(hkdfSync("sha256", secret, "bailiwick secret check", "", 6)).toString("hex");
}
