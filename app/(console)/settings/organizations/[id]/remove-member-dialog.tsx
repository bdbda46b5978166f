import { removeMembersForm } from "#app/(console)/settings/organizations/actions.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { MemberRow, OrganizationView, TeamView } from "#lib/organizations/index.ts";

const leftAlready = "They are not in this list any more: they may have left already.";
const list = new Intl.ListFormat("en");

/** Says beforehand what else somebody leaves, and which of their roles reach nothing then. */
export function RemoveMemberDialog(props: {
  organization: OrganizationView;
  rows: readonly MemberRow[];
  id: string;
  team: TeamView | undefined;
  closeHref: string;
}) {
  const { organization, team, id } = props;
  const member = props.rows.find((row) => row.id === id);
  const why = member ? member.removeWhy : leftAlready;
  const called = member?.name || member?.username;
  return (
    <ConfirmDialog
      title={`Remove ${called ?? "this member"} from ${team?.name ?? organization.name}?`}
      confirmLabel={team ? "Remove from team" : "Remove from organization"}
      action={removeMembersForm}
      values={{ organization: organization.id, users: id, ...(team && { team: team.id }) }}
      closeHref={props.closeHref}
      disabledReason={why}
    >
      {why && <p className="font-medium text-ink">{why}</p>}
      {member && <Consequences member={member} team={team} organization={organization.name} />}
    </ConfirmDialog>
  );
}

function Consequences(props: { member: MemberRow; team: TeamView | undefined; organization: string }) {
  const { member, team, organization } = props;
  const teams = member.teams.map(({ name }) => name);
  const narrowed = team
    ? (member.narrowed.teams[team.id] ?? 0)
    : member.narrowed.organization +
      member.teams.reduce((sum, { id }) => sum + (member.narrowed.teams[id] ?? 0), 0);
  return (
    <>
      {team && <p>They stay in {organization}.</p>}
      {!team && teams.length > 0 && (
        <p>
          They leave {teams.length === 1 ? "its team" : "its teams"} {list.format(teams)} as well.
        </p>
      )}
      <p>
        What their roles reach by belonging to it ends with their next request. Their account, roles and
        sessions stay.
      </p>
      {narrowed > 0 && (
        <Notice kind="warning" reason="narrowed_assignments">
          {narrowed === 1 ? "One of their roles is" : `${narrowed} of their roles are`} narrowed to it:{" "}
          {narrowed === 1 ? "it stays but reaches" : "they stay but reach"} nothing that belongs to an
          organization or a team.
        </Notice>
      )}
    </>
  );
}
