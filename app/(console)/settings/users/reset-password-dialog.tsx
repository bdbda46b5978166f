import { Form } from "#components/form/form.tsx";
import { NewPasswordField } from "#components/form/new-password-field.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { passwordRules } from "#lib/passwords/index.ts";
import { getUser } from "#lib/users/index.ts";
import { read } from "#lib/web/read.ts";
import { resetPasswordForm } from "./actions.ts";
import { ResetLinkForm } from "./reset-link-form.tsx";

/** A link first: then nobody but the person knows the password. Setting one directly is the second choice. */
export async function ResetPasswordDialog({ id, closeHref }: { id: string; closeHref: string }) {
  const user = await read(getUser, { id });
  const rules = await read(passwordRules, {});
  const { username, email, givenName, familyName } = user;
  const called = user.name || user.username;
  return (
    <Dialog title={`Reset password of ${called}`} description={user.username} closeHref={closeHref}>
      {user.resetWhy ? (
        <Notice kind="info">{user.resetWhy}</Notice>
      ) : (
        <>
          <p className="mb-4 text-sm text-soft">
            Either way the old password stops working at once, and all sessions and trusted devices of{" "}
            {called} end.
          </p>
          <section aria-labelledby="by-link">
            <h3 id="by-link" className="mb-1 font-medium">
              One-time link
            </h3>
            <ResetLinkForm id={id} />
          </section>
          <section aria-labelledby="by-hand" className="mt-5 border-t border-line pt-4">
            <h3 id="by-hand" className="mb-1 font-medium">
              Set a password
            </h3>
            <p className="mb-3 text-sm text-soft">You will know it too: ask {called} to change it soon.</p>
            <Form action={resetPasswordForm} okHref={closeHref} aria-label="Set a password">
              <input type="hidden" name="id" value={id} />
              <NewPasswordField
                rules={rules}
                label="New password"
                names={{ username, email, givenName, familyName }}
              />
              <div>
                <SubmitButton variant="secondary">Set password</SubmitButton>
              </div>
            </Form>
          </section>
        </>
      )}
    </Dialog>
  );
}
