import { z } from "zod";
import { env } from "#lib/kernel/env.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { localSignIn, signOnKey } from "#lib/providers/index.ts";

/** For the day on which the identity provider lets nobody in: passwords and passkeys count again. */
export const openLocalSignIn = defineCommand({
  name: "open local sign-in",
  needs: "system",
  changesAccess: true,
  patient: true,
  input: z.object({}),
  async run({ tx, call }) {
    const before = { localSignIn: await localSignIn(tx) };
    const stored = await tx.setting.findUnique({ where: { key: signOnKey }, select: { value: true } });
    if (stored) {
      const value = { ...(stored.value as object), disableLocalSignIn: false };
      await tx.setting.update({
        where: { key: signOnKey },
        data: { value, updatedAt: call.at },
        select: { key: true },
      });
    }
    const after = { localSignIn: await localSignIn(tx) };
    return {
      target: { kind: "settings", name: "Single sign-on" },
      before,
      after,
      // What the environment says, nobody changes but whoever sets it.
      result: { open: after.localSignIn, byEnvironment: env().oidc.disableLocalSignIn === true },
    };
  },
});
