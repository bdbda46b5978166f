import { product } from "#lib/kernel/caller.ts";
import { type Reader, type Tx, transaction } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { installationHasUsers } from "#lib/users/index.ts";

const kind = "setup";
const lifetime = 24 * 60 * 60_000;

/**
 * A set-up link's secret for the console that starts, null once anybody exists.
 * Each start has its own, so that two instances on one empty database print links that both work; the first use spends all.
 */
export async function issueSetupToken(at: Date = new Date()): Promise<string | null> {
  if (await installationHasUsers()) return null;
  const token = newSecretToken();
  await transaction(
    async (tx) => {
      await tx.oneTimeToken.deleteMany({ where: { kind, expiresAt: { lte: at } } });
      const expiresAt = new Date(at.getTime() + lifetime);
      await tx.oneTimeToken.create({
        data: { id: newId(at.getTime()), kind, tokenHash: hashToken(token), createdAt: at, expiresAt },
        select: { id: true },
      });
    },
    { turnOf: product("set-up") },
  );
  return token;
}

export async function isSetupToken(reader: Reader | Tx, token: string, at: Date): Promise<boolean> {
  const where = { kind, tokenHash: hashToken(token), expiresAt: { gt: at } };
  return (await reader.oneTimeToken.count({ where })) === 1;
}

export async function spendSetupTokens(tx: Tx): Promise<void> {
  await tx.oneTimeToken.deleteMany({ where: { kind } });
}
