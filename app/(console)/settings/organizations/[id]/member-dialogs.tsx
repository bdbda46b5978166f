import { addMembersForm } from "#app/(console)/settings/organizations/actions.ts";
import { FindBox } from "#components/form/find-box.tsx";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { PickField } from "#components/form/pick-field.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { findNewcomers, type MemberRow, type OrganizationView } from "#lib/organizations/index.ts";
import type { SearchParams } from "#lib/web/page-href.ts";
import { readIfThere } from "#lib/web/read.ts";
import { RemoveMemberDialog } from "./remove-member-dialog.tsx";

interface Props {
  organization: OrganizationView;
  rows: readonly MemberRow[];
  params: SearchParams;
  closeHref: string;
}

/** The address says which one is open. */
export function MemberDialogs(props: Props) {
  const { params, ...rest } = props;
  if (typeof params.remove === "string") {
    const team = rest.organization.teams.find(({ id }) => id === params.from);
    return <RemoveMemberDialog {...rest} id={params.remove} team={team} />;
  }
  return params["add-members"] === undefined ? null : <AddMembers {...props} />;
}

async function AddMembers({ organization, params, closeHref }: Props) {
  const team = organization.teams.find(({ id }) => id === params["add-members"]);
  const q = typeof params.find === "string" ? params.find : "";
  const input = { organization: organization.id, team: team?.id, q };
  const found = await readIfThere(findNewcomers, input);
  if (!found) return null;
  return (
    <Dialog
      title={`Add members to ${team?.name ?? organization.name}`}
      description={
        team
          ? `Whoever is not in ${organization.name} yet joins it as well.`
          : "They come to reach what belongs to it, as far as their roles go."
      }
      closeHref={closeHref}
    >
      <FindBox name="find" label="Find people" placeholder="Name, username or email" />
      <Form action={addMembersForm} okHref={closeHref}>
        <input type="hidden" name="organization" value={organization.id} />
        {team && <input type="hidden" name="team" value={team.id} />}
        <PickField
          name="users"
          label="People"
          found={found.people.map(({ id, username, name, why }) => ({
            value: id,
            label: name || username,
            description: name ? username : undefined,
            disabledReason: why,
          }))}
          more={found.more}
          empty={q ? "Nobody matches who is not in it already." : "Everybody is in it already."}
        />
        <FormButtons label="Add Members" cancelHref={closeHref} />
      </Form>
    </Dialog>
  );
}
