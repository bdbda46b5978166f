import { z } from "zod";
import type { Catalogue } from "#lib/access/index.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { policyChanged } from "#lib/policy/index.ts";

/** Says beside the product's name, on every page, that nothing here is real. The next load of the catalogue takes it back. */
export const labelAsDemo = defineCommand({
  name: "label as demonstration",
  needs: "system",
  changesAccess: true,
  patient: true,
  input: z.object({}),
  async run({ tx }) {
    const row = await tx.policy.findUniqueOrThrow({ where: { id: 1 }, select: { document: true } });
    const document = row.document as unknown as Catalogue;
    const label = `Demo · ${document.label}`;
    await tx.policy.update({
      where: { id: 1 },
      data: { document: { ...document, label } },
      select: { id: true },
    });
    await policyChanged(tx);
    return { target: { kind: "installation", name: "demonstration" }, after: { label }, result: null };
  },
});
