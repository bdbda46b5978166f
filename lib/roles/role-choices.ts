import { z } from "zod";
import { givingRefusal } from "#lib/assignments/index.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { type Context, defineQuery } from "#lib/kernel/operation.ts";

export interface RoleChoice {
  key: string;
  label: string;
  description: string;
  builtIn: boolean;
  dangerous: boolean;
  /** Set when the actor may not give it: the rule, in the words that the server would refuse with. */
  why?: string;
}

/** The roles of every drop-down; those beyond the actor's reach stay visible with the reason. */
export const roleChoices = defineQuery({
  name: "list role choices",
  needs: "viewUsers",
  input: z.object({}),
  run: choicesFor,
});

export async function choicesFor({ reader, actor, at }: Context & { reader: Reader }): Promise<RoleChoice[]> {
  const rows = await reader.role.findMany({
    select: {
      key: true,
      label: true,
      description: true,
      builtIn: true,
      dangerous: true,
      rank: true,
      guarded: true,
    },
    orderBy: [{ position: { sort: "asc", nulls: "last" } }, { key: "asc" }],
  });
  return rows.map((row) => {
    const why = givingRefusal(actor, row, at)?.message;
    const { key, label, description, builtIn, dangerous } = row;
    return { key, label, description, builtIn, dangerous, ...(why && { why }) };
  });
}
