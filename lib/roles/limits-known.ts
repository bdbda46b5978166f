import { type Condition, conditionProblem } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { RoleChange } from "./role-change.ts";

const named = 8;

/** Unknown keys are refused on write: a limit that names no attribute, value or group would let nothing pass. */
export async function refuseUnknownInLimits(
  tx: Tx,
  { catalogue }: ActivePolicy,
  { after, added, limited }: RoleChange,
): Promise<void> {
  for (const permission of [...added, ...limited]) {
    for (const { where } of after.grants.get(permission) ?? []) {
      for (const condition of where) {
        const problem = await problemOf(tx, catalogue, condition);
        if (problem) throw refused(`The limits of ${permission}: ${problem}.`);
      }
    }
  }
}

async function problemOf(tx: Tx, { attributes }: ActivePolicy["catalogue"], condition: Condition) {
  const attribute = attributes.find(({ key }) => key === condition.attribute);
  const problem = conditionProblem(condition, attribute);
  if (!attribute && problem) return `${problem}; there ${are(attributes.map(({ key }) => key))}`;
  if (problem || attribute?.kind !== "managed" || !("values" in condition)) return problem;
  const { key, label } = attribute;
  const wanted = condition.values.map(String);
  const ofGroup = condition.test === "inGroup";
  const query = { where: { attribute: key }, select: { key: true }, orderBy: { key: "asc" as const } };
  const found = ofGroup ? await tx.valueGroup.findMany(query) : await tx.managedValue.findMany(query);
  const known = found.map((row) => row.key);
  const missing = wanted.filter((value) => !known.includes(value));
  if (missing.length === 0) return undefined;
  return `${label} has no ${ofGroup ? "group" : "value"} ${missing.slice(0, named).join(", ")}; there ${are(known)}`;
}

function are(keys: readonly string[]): string {
  if (keys.length === 0) return "is none yet";
  const more = keys.length > named ? ` and ${keys.length - named} more` : "";
  return `${keys.length === 1 ? "is" : "are"} ${keys.slice(0, named).join(", ")}${more}`;
}

function refused(message: string): AppError {
  return new AppError("invalid", "unknown_in_limit", message, { fields: { limit: [message] } });
}
