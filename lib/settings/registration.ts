import { z } from "zod";
import { givingRefusal, refuseUnconfirmedRoles, ruledRoles, throwIf } from "#lib/assignments/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { defineCommand, defineQuery } from "#lib/kernel/operation.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { type Registration, registrationSchema, saveRegistrationSchema } from "./schema.ts";

const key = "registration";

/** Self-registration is off until somebody turns it on; its role is the catalogue's role for new users. */
export async function registrationOf(reader: Reader | Tx): Promise<Registration> {
  const row = await reader.setting.findUnique({ where: { key }, select: { value: true } });
  const stored = registrationSchema.safeParse(row?.value);
  if (stored.success) return stored.data;
  const { catalogue } = await currentPolicy(reader);
  return { enabled: false, role: catalogue.newUserRoles[0] ?? "" };
}

export const getRegistration = defineQuery({
  name: "view registration settings",
  needs: "viewSettings",
  input: z.object({}),
  run: ({ reader }) => registrationOf(reader),
});

/** The default role is within the reach of whoever sets it: sign-up is no way round the rules. */
export const saveRegistration = defineCommand({
  name: "save registration settings",
  needs: "manageSettings",
  changesAccess: true,
  refusedUnderSync: true,
  input: saveRegistrationSchema,
  async run({ tx, actor, at, call }, { confirmed, ...value }) {
    const before = await registrationOf(tx);
    const [role] = await ruledRoles(tx, [value.role], "role");
    const opens = value.enabled && !before.enabled;
    if (role && (opens || value.role !== before.role)) {
      throwIf(givingRefusal(actor, role, at), "role");
      refuseUnconfirmedRoles(actor, await currentPolicy(tx), [role], confirmed);
    }
    const row = { value, updatedAt: call.at };
    await tx.setting.upsert({ where: { key }, create: { key, ...row }, update: row, select: { key: true } });
    return {
      target: { kind: "settings", name: "User Registration Settings" },
      before,
      after: value,
      result: value,
    };
  },
});
