import { z } from "zod";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { aboutSelf, requireUser } from "#lib/kernel/require-user.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { lockUser } from "./own-account.ts";
import { openTotp, sealTotp } from "./spend-totp-code.ts";
import { newTotpSecret } from "./totp.ts";

const kind = "totp";
const lifetime = 15 * 60_000;
const dataSchema = z.object({ sealed: z.base64() });

/**
 * Makes the secret of a new authenticator app. It counts only once a code confirms it, until then an app that is
 * there already goes on working.
 */
export const startTotp = defineCommand({
  name: "start setting up an authenticator app",
  needs: "enrolling",
  protects: true,
  dangerous: true,
  input: z.object({}),
  async run({ tx, call, actor }) {
    const self = requireUser(actor);
    await lockUser(tx, self.id);
    await dropPending(tx, self.id);
    const sealed = Buffer.from(sealTotp(self.id, newTotpSecret())).toString("base64");
    await tx.oneTimeToken.create({
      data: {
        id: newId(call.at.getTime()),
        kind,
        tokenHash: hashToken(newSecretToken()),
        userId: self.id,
        data: { sealed },
        createdAt: call.at,
        expiresAt: new Date(call.at.getTime() + lifetime),
      },
      select: { id: true },
    });
    return { target: aboutSelf(self), result: null };
  },
});

/** The secret that waits for its first code. */
export async function pendingTotp(
  reader: Reader | Tx,
  userId: string,
  at: Date,
): Promise<string | undefined> {
  const row = await reader.oneTimeToken.findFirst({
    where: { kind, userId, expiresAt: { gt: at } },
    select: { data: true },
  });
  const data = dataSchema.safeParse(row?.data);
  return data.success ? openTotp(userId, Buffer.from(data.data.sealed, "base64")) : undefined;
}

export async function dropPending(tx: Tx, userId: string): Promise<void> {
  await tx.oneTimeToken.deleteMany({ where: { kind, userId } });
}
