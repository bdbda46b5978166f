import { hkdfSync } from "node:crypto";
import { z } from "zod";
import { env } from "#lib/kernel/env.ts";
import { defineCommand, defineQuery } from "#lib/kernel/operation.ts";
import { unseal } from "#lib/kernel/seal.ts";
import { secretPurpose } from "#lib/providers/index.ts";
import { opensTotp } from "#lib/second-factor/index.ts";

const key = "secret check";
const stored = z.object({ fingerprint: z.string() });

/** Of each kind that many are tried, the newest first: what an earlier loss left unreadable is older. */
const tried = 100;

export interface SecretState {
  /** Of the secret that this process has: twelve hexadecimal digits, which tell nothing of it. */
  fingerprint: string;
  /**
   * `known`: the database belongs to this secret. `other`: it belongs to another one. `unmarked`: it says nothing yet, as in
   * release 0.1, and nothing speaks against this secret.
   */
  verdict: "known" | "other" | "unmarked";
  /** What is sealed, readable or not. */
  authenticatorApps: number;
  providerSecrets: number;
}

/** Whether the installation's secret is the one that sealed what the database keeps. */
export const viewSecretState = defineQuery({
  name: "view secret state",
  needs: "system",
  input: z.object({}),
  async run({ reader }): Promise<SecretState> {
    const fingerprint = fingerprintOf(env().secret);
    const row = await reader.setting.findUnique({ where: { key }, select: { value: true } });
    const marked = stored.safeParse(row?.value).data?.fingerprint;
    if (marked === fingerprint)
      return { fingerprint, verdict: "known", authenticatorApps: 0, providerSecrets: 0 };
    const sealed = {
      authenticatorApps: await reader.totp.count(),
      providerSecrets: await reader.identityProvider.count({ where: { secret: { not: null } } }),
    };
    if (marked !== undefined) return { fingerprint, verdict: "other", ...sealed };
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
    const nothing = totps.length + providers.length === 0;
    return { fingerprint, verdict: opens || nothing ? "unmarked" : "other", ...sealed };
  },
});

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
function fingerprintOf(secret: string): string {
  return Buffer.from(hkdfSync("sha256", secret, "bailiwick secret check", "", 6)).toString("hex");
}
