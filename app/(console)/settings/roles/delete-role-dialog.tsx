import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { type RoleRemoval, viewRoleRemoval } from "#lib/roles/index.ts";
import { readIfThere } from "#lib/web/read.ts";
import { deleteRoleForm, reassignAndDeleteRoleForm } from "./actions.ts";
import { HoldersNotice } from "./holders-notice.tsx";
import { ReplacementField } from "./replacement-field.tsx";

/** Asks by name before a custom role is deleted; where people hold it, what they get instead. */
export async function DeleteRoleDialog(props: {
  role: string;
  single: boolean;
  closeHref: string;
  okHref: string;
}) {
  const removal = await readIfThere(viewRoleRemoval, { role: props.role });
  if (!removal) return null;
  const held = removal.people > 0;
  return (
    <Dialog
      title={`Delete the role ${removal.label}?`}
      closeHref={props.closeHref}
      size={held ? "medium" : "small"}
    >
      <Form action={held ? reassignAndDeleteRoleForm : deleteRoleForm} okHref={props.okHref}>
        <input type="hidden" name="role" value={removal.key} />
        <input type="hidden" name="version" value={removal.version} />
        <p className="text-sm text-soft">
          The role <span className="font-mono text-ink">{removal.key}</span> and its permissions are removed
          for good.
        </p>
        {held && <HoldersNotice removal={removal} />}
        {removal.why && <Notice kind="danger">{removal.why}</Notice>}
        {held && !removal.why && <ReplacementField removal={removal} single={props.single} />}
        <FormButtons
          label={labelOf(removal, props.single)}
          cancelHref={props.closeHref}
          danger
          disabledReason={removal.why}
        />
      </Form>
    </Dialog>
  );
}

function labelOf({ people }: RoleRemoval, single: boolean): string {
  if (people === 0) return "Delete role";
  return single ? "Give them another role and delete" : "Reassign and delete";
}
