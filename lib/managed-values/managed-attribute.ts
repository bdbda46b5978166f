import type { Attribute } from "#lib/access/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { currentPolicy } from "#lib/policy/index.ts";

/** The catalogue's attribute of this key, when its values are managed here. */
export async function managedAttribute(reader: Reader | Tx, key: string): Promise<Attribute> {
  const { catalogue } = await currentPolicy(reader);
  const attribute = catalogue.attributes.find((one) => one.key === key && one.kind === "managed");
  if (attribute) return attribute;
  throw new AppError("not_found", "attribute_not_found", `The catalogue has no list called ${key}.`);
}
