import { addTeamForm, deleteTeamForm, editTeamForm } from "#app/(console)/settings/organizations/actions.ts";
import { DescribedFields } from "#components/form/described-fields.tsx";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { OrganizationView, TeamView } from "#lib/organizations/index.ts";
import type { SearchParams } from "#lib/web/page-href.ts";

/** The address says which one is open. */
export function TeamDialogs(props: {
  organization: OrganizationView;
  params: SearchParams;
  closeHref: string;
}) {
  const { organization, params, closeHref } = props;
  const named = (id: unknown) => organization.teams.find((team) => team.id === id);
  const [edited, deleted] = [named(params["edit-team"]), named(params["delete-team"])];
  if (edited) return <EditTeam team={edited} closeHref={closeHref} />;
  if (deleted) return <DeleteTeam team={deleted} organization={organization.name} closeHref={closeHref} />;
  if (params["add-team"] === undefined) return null;
  return (
    <Dialog title={`Add a team to ${organization.name}`} closeHref={closeHref}>
      <Form action={addTeamForm} okHref={closeHref}>
        <input type="hidden" name="organization" value={organization.id} />
        <DescribedFields />
        <FormButtons label="Add Team" cancelHref={closeHref} />
      </Form>
    </Dialog>
  );
}

function EditTeam({ team, closeHref }: { team: TeamView; closeHref: string }) {
  return (
    <Dialog title={`Edit ${team.name}`} closeHref={closeHref}>
      <Form action={editTeamForm} okHref={closeHref}>
        <input type="hidden" name="id" value={team.id} />
        <input type="hidden" name="version" value={team.version} />
        <DescribedFields values={team} />
        <FormButtons label="Save" cancelHref={closeHref} />
      </Form>
    </Dialog>
  );
}

function DeleteTeam(props: { team: TeamView; organization: string; closeHref: string }) {
  const { team, organization, closeHref } = props;
  return (
    <ConfirmDialog
      title={`Delete the team ${team.name}?`}
      confirmLabel="Delete team"
      action={deleteTeamForm}
      values={{ id: team.id }}
      closeHref={closeHref}
      disabledReason={team.deleteWhy}
    >
      {team.deleteWhy ? (
        <p className="font-medium text-ink">{team.deleteWhy}</p>
      ) : (
        <p>
          {team.members === 0
            ? "Nobody is in it."
            : `${team.members === 1 ? "Its one member stays" : `Its ${team.members} members stay`} in ${organization}; what their roles reach by belonging to the team ends with their next request.`}{" "}
          Deleting is permanent.
        </p>
      )}
    </ConfirmDialog>
  );
}
