import { z } from "zod";
import type { Attribute } from "#lib/access/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { currentPolicy } from "#lib/policy/index.ts";

/** The catalogue's attribute of this key, when its values are managed here. */
export async function managedAttribute(reader: Reader | Tx, key: string): Promise<Attribute> {
  const { catalogue } = await currentPolicy(reader);
  const attribute = catalogue.attributes.find((one) => one.key === key && one.kind === "managed");
  if (attribute) return attribute;
  throw new AppError("not_found", "attribute_not_found", `The catalogue has no list called ${key}.`);
}

/** The lists of the catalogue that are managed here, in its order. */
export const managedLists = defineQuery({
  name: "list managed attributes",
  needs: "manageOrganizations",
  input: z.object({}),
  async run({ actor }) {
    const { catalogue } = requireUser(actor).access;
    return catalogue.attributes
      .filter(({ kind }) => kind === "managed")
      .map(({ key, label, description }) => ({ key, label, description }));
  },
});
