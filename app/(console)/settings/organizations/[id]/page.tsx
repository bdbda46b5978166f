import { ChevronLeft, Pencil, Trash2 } from "lucide-react";
import type { Metadata } from "next";
import { DeleteOrganizationDialog } from "#app/(console)/settings/organizations/delete-organization-dialog.tsx";
import { EditOrganizationDialog } from "#app/(console)/settings/organizations/edit-organization-dialog.tsx";
import { readOnlyWhy } from "#app/(console)/settings/organizations/read-only-why.ts";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Link } from "#components/ui/link.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { listMembers, viewOrganization } from "#lib/organizations/index.ts";
import { listMembersSchema } from "#lib/organizations/schema.ts";
import { pageHref, type SearchProps, without } from "#lib/web/page-href.ts";
import { pageQuery } from "#lib/web/page-query.ts";
import { read } from "#lib/web/read.ts";
import { dialogs } from "./dialogs.ts";
import { MemberDialogs } from "./member-dialogs.tsx";
import { MembersSection } from "./members-section.tsx";
import { TeamDialogs } from "./team-dialogs.tsx";
import { TeamsSection } from "./teams-section.tsx";

export const metadata: Metadata = { title: "Organization" };

interface Props extends SearchProps {
  params: Promise<{ id: string }>;
}

/** Everything that opens a dialog here, and what one of them looks for. */
export default async function OrganizationPage({ params, searchParams }: Props) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const organization = await read(viewOrganization, { id: asId(id) });
  const list = pageQuery(listMembersSchema, { ...query, organization: id });
  const members = await read(listMembers, list);
  const path = `/settings/organizations/${id}`;
  const href = (changes: Record<string, string | undefined>) =>
    pageHref(path, query, { ...without(dialogs), ...changes });
  const closeHref = href({});
  const why = organization.mayManage ? undefined : readOnlyWhy;
  return (
    <>
      <PageHeader
        title={organization.name}
        description={organization.description}
        before={<BackToAll />}
        actions={
          !why && (
            <>
              <LinkButton
                href={href({ edit: "" })}
                icon={<Pencil aria-hidden className="size-4" />}
                scroll={false}
              >
                Edit
              </LinkButton>
              <LinkButton
                href={href({ delete: "" })}
                icon={<Trash2 aria-hidden className="size-4" />}
                scroll={false}
              >
                Delete
              </LinkButton>
            </>
          )
        }
      />
      <div className="space-y-10">
        <TeamsSection teams={organization.teams} readOnlyWhy={why} addHref={href({ "add-team": "" })} />
        <MembersSection
          page={members}
          list={list}
          teams={organization.teams}
          everybody={organization.members}
          readOnlyWhy={why}
          addHref={href({ "add-members": list.team ?? "" })}
        />
      </div>
      {!why && (
        <>
          {query.edit !== undefined && <EditOrganizationDialog id={id} closeHref={closeHref} />}
          {query.delete !== undefined && (
            <DeleteOrganizationDialog id={id} closeHref={closeHref} okHref="/settings/organizations" />
          )}
          <TeamDialogs organization={organization} params={query} closeHref={closeHref} />
          <MemberDialogs
            organization={organization}
            rows={members.rows}
            params={query}
            closeHref={closeHref}
          />
        </>
      )}
    </>
  );
}

/** An address that is no id names no organization, rather than being a mistake of the reader's. */
const asId = (text: string) =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : "00000000-0000-4000-8000-000000000000";

function BackToAll() {
  return (
    <Link
      href="/settings/organizations"
      className="mb-1 inline-flex min-h-6 items-center gap-1 text-sm text-mute hover:text-ink"
    >
      <ChevronLeft aria-hidden className="size-4" />
      All organizations
    </Link>
  );
}
