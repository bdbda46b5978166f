import { Code, Hourglass, Layers } from "lucide-react";
import { EndNowButton } from "#app/(console)/settings/access-requests/end-now-button.tsx";
import { sourceWords } from "#components/access/source-words.ts";
import { ValidityLine } from "#components/access/validity-line.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RoleChip } from "#components/ui/role-chip.tsx";
import { roleChoices } from "#lib/roles/index.ts";
import { type UserRoles, viewUserRoles } from "#lib/users/index.ts";
import { read, readIfThere } from "#lib/web/read.ts";
import { RolesForm } from "./roles-form.tsx";

/** Everything that somebody holds: added, changed and taken away in one save; presets and temporary access beside it. */
export async function EditRolesDialog(props: {
  id: string;
  closeHref: string;
  /** The address of another dialog about the same person. */
  dialogHref: (dialog: "preset" | "temporary" | "expression") => string;
}) {
  const user = await readIfThere(viewUserRoles, { id: props.id });
  if (!user) return null;
  const roles = await read(roleChoices, { for: props.id });
  const lasting = user.assignments.filter(({ temporary }) => !temporary);
  return (
    <Dialog
      title={`Roles of ${user.name || user.username}`}
      description={user.username}
      closeHref={props.closeHref}
      size="large"
    >
      <div className="flex flex-col gap-4">
        {user.editWhy && <Notice kind="info">{user.editWhy}</Notice>}
        {!user.editWhy && (
          <div className="flex flex-wrap gap-2">
            {user.presets.length > 0 && (
              <LinkButton
                href={props.dialogHref("preset")}
                scroll={false}
                icon={<Layers aria-hidden className="size-4" />}
              >
                Apply preset
              </LinkButton>
            )}
            <LinkButton
              data-autofocus
              href={props.dialogHref("temporary")}
              scroll={false}
              icon={<Hourglass aria-hidden className="size-4" />}
            >
              Give temporarily
            </LinkButton>
            {user.expressions && (
              <LinkButton
                href={props.dialogHref("expression")}
                scroll={false}
                icon={<Code aria-hidden className="size-4" />}
              >
                Roles as an expression
              </LinkButton>
            )}
          </div>
        )}
        <Temporary user={user} />
        <RolesForm
          id={user.id}
          version={user.version}
          assignments={lasting}
          roles={roles.map(({ key, label, danger, why }) => ({
            value: key,
            label,
            danger,
            disabledReason: why,
          }))}
          places={user.places}
          single={user.single}
          whom={user.name || user.username}
          why={user.editWhy}
          closeHref={props.closeHref}
        />
      </div>
    </Dialog>
  );
}

function Temporary({ user }: { user: UserRoles }) {
  const rows = user.assignments.filter(({ temporary }) => temporary);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="temporary-access" className="rounded-lg bg-elevated-wash px-3 py-2.5">
      <h3 id="temporary-access" className="mb-2 text-sm font-semibold">
        Temporary access
      </h3>
      <ul className="flex flex-col gap-2">
        {rows.map((row) => (
          <li key={row.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <RoleChip label={row.role.label} dangerous={row.role.dangerous} />
            <ValidityLine of={row} />
            <span className="grow text-xs text-soft">
              {sourceWords(row)}: {row.reason}
            </span>
            <EndNowButton
              user={user.id}
              assignment={row.id}
              of={`${row.role.label} of ${user.username}`}
              why={user.editWhy ?? row.takeWhy}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
