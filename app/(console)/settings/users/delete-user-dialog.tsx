import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { getUser } from "#lib/users/index.ts";
import { readIfThere } from "#lib/web/read.ts";
import { deleteUserForm, updateUserForm } from "./actions.ts";

/** Names whom it is about, says that it is for good, and offers what can be undone. */
export async function DeleteUserDialog({ id, closeHref }: { id: string; closeHref: string }) {
  const user = await readIfThere(getUser, { id });
  if (!user) return null;
  const called = user.name || user.username;
  return (
    <Dialog
      title={`Delete ${called}?`}
      description={`${user.username} · ${user.email}`}
      closeHref={closeHref}
      size="small"
    >
      {!user.deleteWhy && <DeactivateInstead user={user} called={called} closeHref={closeHref} />}
      <Form action={deleteUserForm} okHref={closeHref} aria-label={`Delete ${called}`}>
        <input type="hidden" name="id" value={id} />
        <Notice kind="warning" reason="permanent" title="Deleting is permanent">
          The account goes with its sessions, trusted devices, second factors and roles. The audit trail keeps
          the name.
        </Notice>
        <FormButtons
          label={`Delete ${user.username}`}
          cancelHref={closeHref}
          danger
          disabledReason={user.deleteWhy}
        />
      </Form>
    </Dialog>
  );
}

function DeactivateInstead(props: {
  user: Awaited<ReturnType<typeof getUser.run>>;
  called: string;
  closeHref: string;
}) {
  const { user, called, closeHref } = props;
  return (
    <Form
      action={updateUserForm}
      okHref={closeHref}
      className={user.active ? "mb-4" : "hidden"}
      aria-label={`Deactivate ${called}`}
    >
      {(["id", "version", "email", "givenName", "familyName"] as const).map((name) => (
        <input key={name} type="hidden" name={name} value={user[name]} />
      ))}
      {user.roles.map((role) => (
        <input key={role} type="hidden" name="roles" value={role} />
      ))}
      <p className="text-sm text-soft">
        Deactivated, {called} cannot sign in and every session ends at once, but the account, its roles and
        its history stay, and you can make it active again.
      </p>
      <div>
        <SubmitButton variant="secondary" disabledReason={user.deactivateWhy}>
          Deactivate instead
        </SubmitButton>
      </div>
    </Form>
  );
}
