import type { Metadata } from "next";
import { confirmIdentityForm } from "#app/(console)/actions.ts";
import { Form } from "#components/form/form.tsx";
import { PasswordField } from "#components/form/password-field.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { waysToConfirm } from "#lib/sign-in/index.ts";
import type { SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { returnPath } from "#lib/web/return-path.ts";

export const metadata: Metadata = { title: "Confirm that it is you" };

/** Where a dangerous act leads that was asked for without scripts; with them, a dialog asks in place. */
export default async function ConfirmPage({ searchParams }: SearchProps) {
  const next = returnPath((await searchParams).next, "/account");
  const ways = await read(waysToConfirm, {});
  return (
    <>
      <PageHeader
        title="Confirm that it is you"
        description="What you want to do needs a fresh proof. Then do it again on the page that you came from."
      />
      {ways.password ? (
        <Form action={confirmIdentityForm} className="max-w-sm">
          <input type="hidden" name="next" value={next} />
          <PasswordField name="password" label="Password" autoComplete="current-password" required />
          <div className="flex gap-2">
            <SubmitButton>Confirm</SubmitButton>
            <LinkButton href={next}>Cancel</LinkButton>
          </div>
        </Form>
      ) : (
        <Notice kind="info">
          Your account has no password to confirm with: sign out and sign in again, which proves as much.
        </Notice>
      )}
    </>
  );
}
