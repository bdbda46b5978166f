import { z } from "zod";
import type { Giving } from "#lib/access/index.ts";
import { dangerWords, givingRefusal, loadSubject } from "#lib/assignments/index.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { type Context, defineQuery } from "#lib/kernel/operation.ts";

export interface RoleChoice {
  key: string;
  label: string;
  description: string;
  builtIn: boolean;
  /** What giving it means, when it is dangerous: whoever gives it has to confirm that. */
  danger?: string;
  /** Set when the actor may not give it: the rule, in the words that the server would refuse with. */
  why?: string;
}

/** The roles of every drop-down; those beyond the actor's reach stay visible with the reason. */
export const roleChoices = defineQuery({
  name: "list role choices",
  needs: "viewUsers",
  input: z.object({ for: z.uuid().optional() }),
  async run(context, { for: id }): Promise<RoleChoice[]> {
    if (!id) return choicesFor(context);
    // To whom, and for an hour at least: what may not be given for good may be given for a time.
    const subject = await loadSubject(context.reader, { id, active: true }, context.at);
    return choicesFor(context, { subject, assignment: { end: context.at + 3_600_000 } });
  },
});

export async function choicesFor(
  { reader, actor, at }: Context & { reader: Reader },
  giving?: Giving,
): Promise<RoleChoice[]> {
  const rows = await reader.role.findMany({
    select: {
      key: true,
      label: true,
      description: true,
      builtIn: true,
      rank: true,
      guarded: true,
    },
    orderBy: [{ position: { sort: "asc", nulls: "last" } }, { key: "asc" }],
  });
  return rows.map((row) => {
    const why = givingRefusal(actor, row, at, giving)?.message;
    const { key, label, description, builtIn } = row;
    const danger = actor.kind === "user" ? dangerWords(actor.access, key) : undefined;
    return { key, label, description, builtIn, ...(danger && { danger }), ...(why && { why }) };
  });
}
