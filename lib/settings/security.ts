import { ruledRoles } from "#lib/assignments/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { type Security, securitySchema } from "./schema.ts";

const key = "security";

/** What holds for passwords, sessions and second factors; what nobody set has its default. */
export async function securityOf(reader: Reader | Tx): Promise<Security> {
  const row = await reader.setting.findUnique({ where: { key }, select: { value: true } });
  return readSecurity(row?.value);
}

/** A stored value that is not readable any more falls back to the defaults, which are the stricter choice. */
export function readSecurity(value: unknown): Security {
  const stored = securitySchema.safeParse(value ?? {});
  return stored.success ? stored.data : securitySchema.parse({});
}

export const saveSecurity = defineCommand({
  name: "save security settings",
  needs: "manageSettings",
  changesAccess: true,
  dangerous: true,
  input: securitySchema,
  async run({ tx, call }, value) {
    const before = await securityOf(tx);
    await ruledRoles(tx, value.secondFactorRoles, "secondFactorRoles");
    const row = { value, updatedAt: call.at };
    await tx.setting.upsert({ where: { key }, create: { key, ...row }, update: row, select: { key: true } });
    return { target: { kind: "settings", name: "Security" }, before, after: value, result: value };
  },
});
