"use server";
import { redirect } from "next/navigation";
import { rearranged } from "#app/(console)/settings/sso/[slug]/rules/rearranged.ts";
import {
  addProvider,
  deleteProvider,
  moveProvider,
  saveProvider,
  saveRules,
  saveSignOn,
  switchProvider,
  switchSync,
  tryRules,
} from "#lib/sso/index.ts";
import { saveRulesSchema } from "#lib/sso/schema.ts";
import { commandAction, formAction, typingAction } from "#lib/web/action.ts";
import { formReader } from "#lib/web/form-reader.ts";
import type { FormState } from "#lib/web/form-state.ts";
import { queryAction } from "#lib/web/query-action.ts";
import { startTestAction } from "#lib/web/start-test.ts";

export const addProviderForm = commandAction(addProvider, ({ slug }) => redirect(`/settings/sso/${slug}`));

export const saveProviderForm = formAction(saveProvider, ({ label }) => `Saved ${label}`);

export const moveProviderForm = formAction(moveProvider, ({ label }) => `Moved ${label}`);

export const switchProviderForm = formAction(switchProvider, ({ label, on, sessionsEnded }) =>
  on ? `People can sign in through ${label} now` : `Switched ${label} off${ended(sessionsEnded)}`,
);

export const switchSyncForm = formAction(switchSync, ({ label, on }) =>
  on ? `${label} decides roles now` : "Roles are managed here again",
);

export const deleteProviderForm = commandAction(deleteProvider, () => redirect("/settings/sso"));

export const saveSignOnForm = formAction(saveSignOn, ({ disableLocalSignIn }) =>
  disableLocalSignIn ? "Nobody signs in without a provider now" : "People may sign in without a provider",
);

/** Where the provider asks who is there; the page opens it beside itself. */
export async function startTestForm(previous: FormState, form: FormData): Promise<FormState> {
  return startTestAction(previous, form);
}

const save = formAction(saveRules, ({ count }) => `Saved ${count === 1 ? "1 rule" : `${count} rules`}`);
const tried = queryAction(tryRules);
const arrange = typingAction(saveRules, (form) => ({
  status: "ok",
  details: { rules: rearranged(rulesIn(form), String(form.get("press"))) },
}));

/** The rules' form has more buttons than one: to arrange the list, to try it, and to save it. */
export async function rulesForm(previous: FormState, form: FormData): Promise<FormState> {
  const press = form instanceof FormData ? form.get("press") : null;
  if (typeof press !== "string") return save(previous, form);
  if (press !== "try") return arrange(previous, form);
  const state = await tried(previous, form);
  return { ...state, details: { ...state.details, rules: rulesIn(form) } };
}

/** The rules as they stand in the form, finished or not. */
function rulesIn(form: FormData) {
  const { rules } = formReader(saveRulesSchema, form)();
  return (rules as Record<string, unknown>[]).map(({ claim, value, role }) => ({
    claim: String(claim ?? ""),
    value: String(value ?? ""),
    role: String(role ?? ""),
  }));
}

const ended = (sessions: number) =>
  sessions === 0 ? "" : `; ${sessions === 1 ? "1 session" : `${sessions} sessions`} ended`;
