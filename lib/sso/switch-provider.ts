import { keepingAdministrators } from "#lib/assignments/index.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { endSessionsThrough } from "#lib/sessions/index.ts";
import { refuseBrake } from "./refuse-brake.ts";
import { refuseVouching } from "./rules.ts";
import { switchSchema } from "./schema.ts";
import { aboutProvider, findForChange, refuseFixed } from "./stored-provider.ts";
import { writeProvider } from "./write-provider.ts";

/** On, people may sign in through it. Off, nobody does, and the sessions that came through it end. */
export const switchProvider = defineCommand({
  name: "switch identity provider",
  needs: "manageSettings",
  changesAccess: true,
  dangerous: true,
  input: switchSchema,
  about: aboutProvider,
  async run(context, { slug, version, on }) {
    const { tx, call } = context;
    const draft = await findForChange(tx, slug, version);
    refuseFixed(draft, { enabled: true });
    const { label } = draft;
    if (on) {
      const [lacking] = Object.values(draft.lacks);
      if (lacking !== undefined) {
        throw new AppError("conflict", "incomplete", `${label} cannot be switched on yet. ${lacking}`);
      }
      await refuseVouching(context, draft);
      await refuseBrake(context, { ...draft, enabled: true });
    }
    await keepingAdministrators(tx, call.at, "edit", () => writeProvider(tx, call, draft, { enabled: on }));
    const sessionsEnded = on
      ? 0
      : await endSessionsThrough(tx, slug, `the provider ${label} was switched off`, call);
    return {
      target: aboutProvider({ slug, label }),
      before: { enabled: draft.enabled },
      after: { enabled: on, sessionsEnded },
      result: { label, on, sessionsEnded },
    };
  },
});
