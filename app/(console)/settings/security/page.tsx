import type { Metadata } from "next";
import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { viewSecurity } from "#lib/settings/index.ts";
import { read } from "#lib/web/read.ts";
import { saveSecurityForm } from "./actions.ts";
import { PasswordSettings } from "./password-settings.tsx";
import { SecondFactorSettings } from "./second-factor-settings.tsx";
import { SessionSettings } from "./session-settings.tsx";

export const metadata: Metadata = { title: "Security" };

export default async function SecurityPage() {
  const { security, roles, why } = await read(viewSecurity, {});
  return (
    <>
      <PageHeader
        title="Security"
        description="How people prove who they are, and for how long that holds. The defaults follow NIST SP 800-63B."
      />
      {why && (
        <Notice kind="info" reason="missing_capability" className="mb-5 max-w-2xl">
          {why}
        </Notice>
      )}
      <Form action={saveSecurityForm} className="max-w-2xl" aria-label="Security settings">
        <fieldset disabled={why !== undefined} className="flex min-w-0 flex-col gap-8">
          <PasswordSettings security={security} />
          <SessionSettings security={security} />
          <SecondFactorSettings security={security} roles={roles} />
        </fieldset>
        <div className="mt-4">
          <SubmitButton disabledReason={why}>Save settings</SubmitButton>
        </div>
      </Form>
    </>
  );
}
