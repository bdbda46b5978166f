import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { type Draft, draftOf, lockProviders } from "#lib/providers/index.ts";

/** The provider that an operation is about. */
export async function findProvider(reader: Reader | Tx, slug: string): Promise<Draft> {
  const draft = await draftOf(reader, slug);
  if (draft) return draft;
  const message = `There is no provider ${slug}: it may have been deleted.`;
  throw new AppError("not_found", "provider_not_found", message);
}

/** The same for a change: it is as the form showed it, or somebody was faster. */
export async function findForChange(tx: Tx, slug: string, version: number): Promise<Draft> {
  await lockProviders(tx);
  const draft = await findProvider(tx, slug);
  if (draft.version === version) return draft;
  const message = `Somebody else changed ${draft.label} since you opened this form. Your entries are kept: compare and save again.`;
  throw new AppError("conflict", "edit_conflict", message, { details: { version: draft.version } });
}

export const aboutProvider = ({ slug, label = slug }: { slug: string; label?: string }) =>
  ({ kind: "identity provider", id: slug, name: label }) as const;

/** Fixed: what the environment says is changed there. Sent all the same, it is refused beside the field. */
export function refuseFixed({ fixed }: Pick<Draft, "fixed">, sent: Record<string, unknown>): void {
  const refused = Object.entries(fixed).filter(([field]) => isSent(sent[field]));
  if (refused.length === 0) return;
  const fields = Object.fromEntries(refused.map(([field, variable]) => [field, [fixedMessage(variable)]]));
  const message = fixedMessage(refused.map(([, variable]) => variable).join(", "));
  throw new AppError("conflict", "fixed_by_environment", message, { fields });
}

/** A box that is not ticked sends nothing. */
const isSent = (value: unknown) => value !== undefined && value !== "" && value !== false;

export const fixedMessage = (variable: string): string =>
  `${variable} gives this value: change it in the environment and start the console anew.`;
