import type { Metadata } from "next";
import { CheckboxField } from "#components/form/checkbox-field.tsx";
import { Form } from "#components/form/form.tsx";
import { NewPasswordField } from "#components/form/new-password-field.tsx";
import { PasswordField } from "#components/form/password-field.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { viewOwnProfile } from "#lib/accounts/index.ts";
import { passwordRules } from "#lib/passwords/index.ts";
import { read } from "#lib/web/read.ts";
import { changeOwnPasswordForm } from "./actions.ts";

export const metadata: Metadata = { title: "Password" };

export default async function PasswordPage() {
  const profile = await read(viewOwnProfile, {});
  const rules = await read(passwordRules, {});
  const { username, email, givenName, familyName } = profile;
  return (
    <>
      <PageHeader
        title="Password"
        description="Changing it ends every other session of yours; this one stays."
      />
      {profile.hasPassword ? (
        <Form action={changeOwnPasswordForm} resetOnOk className="max-w-xl" aria-label="Password">
          <input type="hidden" name="username" autoComplete="username" value={username} readOnly />
          <PasswordField
            name="currentPassword"
            label="Present password"
            autoComplete="current-password"
            required
          />
          <NewPasswordField
            rules={rules}
            label="New password"
            names={{ username, email, givenName, familyName }}
          />
          <CheckboxField
            name="forgetDevices"
            label="Forget trusted devices as well"
            description="Browsers on which the second factor is skipped ask for it again."
          />
          <div>
            <SubmitButton>Change password</SubmitButton>
          </div>
        </Form>
      ) : (
        <Notice kind="info">
          This account has no password. An administrator can send you a link to choose one.
        </Notice>
      )}
    </>
  );
}
