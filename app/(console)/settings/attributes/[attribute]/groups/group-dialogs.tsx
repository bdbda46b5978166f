import { addGroupForm, deleteGroupForm, editGroupForm } from "#app/(console)/settings/attributes/actions.ts";
import { DescribedFields } from "#components/form/described-fields.tsx";
import { FindBox } from "#components/form/find-box.tsx";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { PickField } from "#components/form/pick-field.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { type FoundValue, findValues, viewGroup } from "#lib/managed-values/index.ts";
import type { SearchParams } from "#lib/web/page-href.ts";
import { readIfThere } from "#lib/web/read.ts";

interface Props {
  list: { key: string; label: string };
  closeHref: string;
}
interface OfGroup extends Props {
  groupKey: string;
}

/** The address says which one is open. */
export function GroupDialogs({ params, ...props }: Props & { params: SearchParams }) {
  const find = typeof params.find === "string" ? params.find : "";
  if (typeof params.edit === "string") return <EditGroup {...props} groupKey={params.edit} />;
  if (typeof params.members === "string")
    return <EditMembers {...props} groupKey={params.members} find={find} />;
  if (typeof params.delete === "string") return <DeleteGroup {...props} groupKey={params.delete} />;
  return params.add === undefined ? null : <AddGroup {...props} />;
}

const asChoice = ({ key, label }: FoundValue) => ({
  value: key,
  label,
  description: key === label ? undefined : key,
});

function AddGroup({ list, closeHref }: Props) {
  return (
    <Dialog
      title={`Add a group of the list ${list.label}`}
      description="Its members come next."
      closeHref={closeHref}
    >
      <Form action={addGroupForm} okHref={closeHref}>
        <input type="hidden" name="attribute" value={list.key} />
        <DescribedFields name="label" />
        <TextField
          name="key"
          label="Key"
          required
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          description="What limits of roles call it. It stays as it is."
        />
        <FormButtons label="Add Group" cancelHref={closeHref} />
      </Form>
    </Dialog>
  );
}

async function EditGroup({ list, closeHref, groupKey }: OfGroup) {
  const group = await readIfThere(viewGroup, { attribute: list.key, key: groupKey });
  if (!group) return null;
  return (
    <Dialog title={`Edit ${group.label}`} description={`Key: ${group.key}`} closeHref={closeHref}>
      <Form action={editGroupForm} okHref={closeHref}>
        <input type="hidden" name="attribute" value={list.key} />
        <input type="hidden" name="key" value={group.key} />
        <input type="hidden" name="version" value={group.version} />
        {group.members.map(({ key }) => (
          <input key={key} type="hidden" name="members" value={key} />
        ))}
        <DescribedFields name="label" values={{ name: group.label, description: group.description }} />
        <FormButtons label="Save" cancelHref={closeHref} />
      </Form>
    </Dialog>
  );
}

async function EditMembers({ list, closeHref, groupKey, find }: OfGroup & { find: string }) {
  const [group, found] = await Promise.all([
    readIfThere(viewGroup, { attribute: list.key, key: groupKey }),
    readIfThere(findValues, { attribute: list.key, q: find }),
  ]);
  if (!group || !found) return null;
  return (
    <Dialog
      title={`Members of ${group.label}`}
      description="Roles that are limited to the group reach what you tick, and no longer what you untick."
      closeHref={closeHref}
    >
      <FindBox name="find" label={`Find in ${list.label}`} placeholder="Key or name" />
      <Form action={editGroupForm} okHref={closeHref}>
        <input type="hidden" name="attribute" value={list.key} />
        <input type="hidden" name="key" value={group.key} />
        <input type="hidden" name="version" value={group.version} />
        <input type="hidden" name="label" value={group.label} />
        <input type="hidden" name="description" value={group.description} />
        <PickField
          name="members"
          label="Members"
          picked={group.members.map(asChoice)}
          found={found.values.map(asChoice)}
          more={found.more}
          empty={find ? "Nothing else matches." : "The list is empty: add something to it first."}
        />
        <FormButtons label="Save Members" cancelHref={closeHref} />
      </Form>
    </Dialog>
  );
}

async function DeleteGroup({ list, closeHref, groupKey }: OfGroup) {
  const group = await readIfThere(viewGroup, { attribute: list.key, key: groupKey });
  return (
    <ConfirmDialog
      title={`Delete the group ${group?.label ?? groupKey}?`}
      confirmLabel="Delete group"
      action={deleteGroupForm}
      values={{ attribute: list.key, key: groupKey }}
      closeHref={closeHref}
    >
      <p>
        {group && group.members.length > 0
          ? `What is in it (${group.members.length}) stays in the list ${list.label}.`
          : "Nothing is in it."}
      </p>
    </ConfirmDialog>
  );
}
