import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { mappingOf, refuseBrake } from "./refuse-brake.ts";
import { switchSchema } from "./schema.ts";
import { aboutProvider, findForChange, refuseFixed } from "./stored-provider.ts";
import { writeProvider } from "./write-provider.ts";

/** On, each sign-in works roles out anew, and users and roles are read-only here. Off, roles are managed here again. */
export const switchSync = defineCommand({
  name: "switch role sync",
  needs: "manageSettings",
  changesAccess: true,
  dangerous: true,
  input: switchSchema,
  about: aboutProvider,
  async run(context, { slug, version, on }) {
    const { tx, call } = context;
    const draft = await findForChange(tx, slug, version);
    refuseFixed(draft, { syncRoles: true });
    const { label } = draft;
    if (on && mappingOf(draft).rules.length === 0) {
      const message = `${label} has no rule yet: write one first, or nobody's roles would follow it.`;
      throw new AppError("conflict", "no_rules", message);
    }
    if (on) await refuseBrake(context, { ...draft, syncRoles: true });
    await writeProvider(tx, call, draft, { syncRoles: on });
    return {
      target: aboutProvider({ slug, label }),
      before: { syncRoles: draft.syncRoles },
      after: { syncRoles: on },
      result: { label, on },
    };
  },
});
