import { z } from "zod";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { aboutSelf, requireUser } from "#lib/kernel/require-user.ts";
import { lockUser } from "./own-account.ts";
import { itemSchema } from "./schema.ts";

/** Revokes one remembered browser: it is asked for the second factor again. */
export const forgetDevice = defineCommand({
  name: "revoke trusted device",
  needs: "signedIn",
  protects: true,
  input: itemSchema,
  async run({ tx, actor }, { id }) {
    const self = requireUser(actor);
    const where = { id, userId: self.id, trustedAt: { not: null } };
    const device = await tx.knownBrowser.findFirst({ where, select: { agent: true, address: true } });
    await tx.knownBrowser.deleteMany({ where });
    if (!device)
      throw new AppError("not_found", "no_device", "There is no such device: it may have been revoked.");
    return { target: aboutSelf(self), before: device, result: null };
  },
});

export const forgetAllDevices = defineCommand({
  name: "revoke all trusted devices",
  needs: "signedIn",
  protects: true,
  input: z.object({}),
  async run({ tx, actor }) {
    const self = requireUser(actor);
    await lockUser(tx, self.id);
    const where = { userId: self.id, trustedAt: { not: null } };
    const { count } = await tx.knownBrowser.deleteMany({ where });
    return { target: aboutSelf(self), before: { trustedDevices: count }, result: { count } };
  },
});
