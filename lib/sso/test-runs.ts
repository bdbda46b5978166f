import { createHmac } from "node:crypto";
import { z } from "zod";
import type { UserActor } from "#lib/kernel/actor.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { newId } from "#lib/kernel/id.ts";
import { hashToken } from "#lib/kernel/secret-token.ts";

const running = "sso test";
const finished = "sso test result";
const patience = 10 * 60_000;
const shown = 30 * 60_000;

const runSchema = z.object({ slug: z.string(), session: z.string() });

const seenSchema = z.object({
  slug: z.string(),
  session: z.string(),
  at: z.iso.datetime(),
  claims: z.record(z.string(), z.unknown()).optional(),
  unread: z.enum(["claim_missing", "overage", "userinfo_failed"]).optional(),
  /** Whether the provider vouches for the address. */
  address: z.enum(["verified", "unverified", "none"]).optional(),
  failure: z.string().optional(),
  /** Of a failure, in a word that stays. */
  reason: z.string().optional(),
});
export type SeenClaims = z.output<typeof seenSchema>;
export type TestOutcome = Pick<SeenClaims, "claims" | "unread" | "address" | "failure" | "reason">;

/** Marks a callback as a test run's: it signs nobody in. */
export const testMark = "test.";

/** What the provider must not know twice is worked out of the state, so that no secret of a run is stored. */
export const secretsOf = (state: string) => ({
  nonce: derived("nonce", state),
  verifier: derived("verifier", state),
});

const derived = (what: string, state: string) =>
  createHmac("sha256", env().secret).update(`sso test ${what} ${state}`).digest("base64url");

/** Keeps that a run has begun: for this session of this administrator alone. */
export async function keepRun(
  tx: Tx,
  actor: UserActor,
  slug: string,
  state: string,
  at: Date,
): Promise<void> {
  await tx.oneTimeToken.deleteMany({ where: { kind: running, userId: actor.id, expiresAt: { lte: at } } });
  await tx.oneTimeToken.create({
    data: {
      id: newId(at.getTime()),
      kind: running,
      tokenHash: hashToken(state),
      userId: actor.id,
      data: { slug, session: actor.sessionId },
      createdAt: at,
      expiresAt: new Date(at.getTime() + patience),
    },
    select: { id: true },
  });
}

/** The run that this state belongs to, when it is this session's and still open. */
export async function openRun(reader: Reader | Tx, actor: UserActor, slug: string, state: string, at: Date) {
  const where = { kind: running, tokenHash: hashToken(state), userId: actor.id, expiresAt: { gt: at } };
  const row = await reader.oneTimeToken.findFirst({ where, select: { id: true, data: true } });
  const { data } = runSchema.safeParse(row?.data);
  return row && data?.slug === slug && data.session === actor.sessionId ? row : undefined;
}

/** False when somebody was faster. */
export async function spendRun(tx: Tx, id: string): Promise<boolean> {
  return (await tx.oneTimeToken.deleteMany({ where: { id, kind: running } })).count === 1;
}

/** Nobody redeems a result: the hash only makes it the one of this session and provider. */
const resultHash = ({ sessionId }: UserActor, slug: string) => hashToken(`${finished} ${sessionId} ${slug}`);

export async function keepResult(
  tx: Tx,
  actor: UserActor,
  slug: string,
  outcome: TestOutcome,
  at: Date,
): Promise<void> {
  const seen = { ...outcome, slug, session: actor.sessionId, at: at.toISOString() };
  const row = {
    data: JSON.parse(JSON.stringify(seen)),
    createdAt: at,
    expiresAt: new Date(at.getTime() + shown),
  };
  const tokenHash = resultHash(actor, slug);
  await tx.oneTimeToken.upsert({
    where: { tokenHash },
    create: { id: newId(at.getTime()), kind: finished, userId: actor.id, tokenHash, ...row },
    update: row,
    select: { id: true },
  });
}

/** What the latest test sign-in of this session showed. */
export async function resultOf(
  reader: Reader | Tx,
  actor: UserActor,
  slug: string,
  at: Date,
): Promise<SeenClaims | undefined> {
  const where = {
    kind: finished,
    tokenHash: resultHash(actor, slug),
    userId: actor.id,
    expiresAt: { gt: at },
  };
  const row = await reader.oneTimeToken.findFirst({ where, select: { data: true } });
  return seenSchema.safeParse(row?.data).data;
}
