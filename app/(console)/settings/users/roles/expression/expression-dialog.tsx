import { Dialog } from "#components/ui/dialog.tsx";
import { explainExpression } from "#lib/role-expressions/index.ts";
import { isExpressionRole } from "#lib/roles/index.ts";
import { getUser } from "#lib/users/index.ts";
import { read, readIfThere } from "#lib/web/read.ts";
import { currentCall } from "#lib/web/session.ts";
import { ExpressionForm } from "./expression-form.tsx";

/** Somebody's roles as one line of a users file, explained while it is typed. */
export async function ExpressionDialog({ id, closeHref }: { id: string; closeHref: string }) {
  const { actor } = await currentCall("page");
  const catalogue = actor.kind === "user" ? actor.access.catalogue : undefined;
  const user = catalogue?.roleExpressions ? await readIfThere(getUser, { id }) : undefined;
  if (!user || !catalogue) return null;
  const blocking = catalogue.roles.filter((role) => role.blocking).map(({ key }) => key);
  const picked = user.roles.filter((key) => !isExpressionRole(key) && !blocking.includes(key));
  const expression = user.roleExpression ?? picked.join(",");
  const called = user.name || user.username;
  return (
    <Dialog
      title={`Role expression of ${called}`}
      description="Roles, permissions and short names, separated by commas. Each adds to what the others give."
      closeHref={closeHref}
    >
      <ExpressionForm
        id={id}
        called={called}
        expression={expression}
        explained={await read(explainExpression, { id, expression })}
        why={user.editWhy ?? user.ownRoleWhy}
        closeHref={closeHref}
      />
    </Dialog>
  );
}
