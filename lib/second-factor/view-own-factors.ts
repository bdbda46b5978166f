import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { knownBrowserOf } from "#lib/known-browsers/index.ts";
import { securityOf } from "#lib/settings/index.ts";
import { enrolledFactors } from "./enrolled.ts";
import { passkeyRefusal } from "./relying-party.ts";
import { lastFactorRefusal, rolesThatRequire } from "./required.ts";
import { pendingTotp } from "./start-totp.ts";
import { totpUri } from "./totp.ts";

/** What somebody shows besides a password, the browsers that need not, and what cannot be removed. */
export const viewOwnFactors = defineQuery({
  name: "view own second factor",
  needs: "enrolling",
  input: z.object({}),
  async run({ reader, actor, call }) {
    const self = requireUser(actor);
    const { id: userId } = self;
    const enrolled = await enrolledFactors(reader, userId);
    const requiring = await rolesThatRequire(reader, self);
    const { trustedDeviceDays } = await securityOf(reader);
    const here = await knownBrowserOf(reader, userId, call);
    const devices = await reader.knownBrowser.findMany({
      where: { userId, trustedUntil: { gt: call.at } },
      orderBy: { lastUsedAt: "desc" },
      select: { id: true, agent: true, address: true, trustedAt: true, lastUsedAt: true },
    });
    return {
      mustEnrol: self.mustEnrol,
      requiring,
      recoveryCodes: enrolled.recoveryCodes,
      totp: await reader.totp.findUnique({ where: { userId }, select: { createdAt: true } }),
      passkeys: await reader.passkey.findMany({
        where: { userId },
        orderBy: { createdAt: "asc" },
        select: { id: true, name: true, createdAt: true, lastUsedAt: true },
      }),
      devices: devices.map((row) => ({ ...row, here: row.id === here })),
      trustedDeviceDays,
      removeWhy: lastFactorRefusal(enrolled, requiring),
      passkeyWhy: passkeyRefusal(call.origin),
    };
  },
});

/** What the QR code of a set-up that was started says. */
export const viewPendingTotp = defineQuery({
  name: "view authenticator app being set up",
  needs: "enrolling",
  input: z.object({}),
  async run({ reader, actor, call }) {
    const self = requireUser(actor);
    const secret = await pendingTotp(reader, self.id, call.at);
    if (!secret) return null;
    const host = call.origin ? new URL(call.origin).hostname : "";
    return { secret, uri: totpUri(secret, self.username, host) };
  },
});
