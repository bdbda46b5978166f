import { requireAdmission, runCommand, runQuery } from "#lib/kernel/operation.ts";
import { startTest, viewProvider } from "#lib/sso/index.ts";
import { answer } from "./action.ts";
import type { FormAction } from "./form-state.ts";
import { startBySaml } from "./leave-by-saml.ts";
import { currentCall } from "./session.ts";

/** Answers the address at which a test sign-in goes on, whichever of the two the provider speaks. */
export const startTestAction: FormAction = (_previous, form) =>
  answer(form, async () => {
    const call = await currentCall("action");
    await requireAdmission(startTest, call);
    const slug = String(form.get("slug") ?? "");
    const { kind } = await runQuery(viewProvider, call, { slug });
    const url =
      kind === "saml"
        ? await startBySaml(call, { provider: slug, purpose: "test", next: "/" })
        : (await runCommand(startTest, call, { slug })).url;
    return { status: "ok", details: { url } };
  });
