import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { can } from "#lib/kernel/actor.ts";
import { listOrganizations } from "#lib/organizations/index.ts";
import { listOrganizationsSchema } from "#lib/organizations/schema.ts";
import { pageHref, type SearchProps, without } from "#lib/web/page-href.ts";
import { pageQuery } from "#lib/web/page-query.ts";
import { read } from "#lib/web/read.ts";
import { currentCall } from "#lib/web/session.ts";
import { AddOrganizationDialog } from "./add-organization-dialog.tsx";
import { DeleteOrganizationDialog } from "./delete-organization-dialog.tsx";
import { dialogs } from "./dialogs.ts";
import { EditOrganizationDialog } from "./edit-organization-dialog.tsx";
import { OrganizationsList } from "./organizations-list.tsx";
import { readOnlyWhy } from "./read-only-why.ts";

export const metadata: Metadata = { title: "Organizations" };

export default async function OrganizationsPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const list = pageQuery(listOrganizationsSchema, params);
  const page = await read(listOrganizations, list);
  const { actor, at } = await currentCall("page");
  const why = can(actor, "manageOrganizations", at.getTime()) ? undefined : readOnlyWhy;
  const href = (changes: Record<string, string | undefined>) =>
    pageHref("/settings/organizations", params, { ...without(dialogs), ...changes });
  const addHref = href({ add: "" });
  const closeHref = href({});
  return (
    <>
      <PageHeader
        title="Organizations"
        description="Whom things belong to. Roles limited to a holder's organizations or teams reach what belongs to those."
        actions={<Add href={addHref} why={why} />}
      />
      <OrganizationsList page={page} list={list} addHref={why ? undefined : addHref} readOnlyWhy={why} />
      {!why && params.add !== undefined && <AddOrganizationDialog closeHref={closeHref} />}
      {!why && typeof params.edit === "string" && (
        <EditOrganizationDialog id={params.edit} closeHref={closeHref} />
      )}
      {!why && typeof params.delete === "string" && (
        <DeleteOrganizationDialog id={params.delete} closeHref={closeHref} okHref={closeHref} />
      )}
    </>
  );
}

function Add({ href, why }: { href: string; why: string | undefined }) {
  const icon = <Plus aria-hidden className="size-4" />;
  if (why)
    return (
      <Button icon={icon} disabledReason={why}>
        Add Organization
      </Button>
    );
  return (
    <LinkButton href={href} variant="primary" icon={icon} scroll={false}>
      Add Organization
    </LinkButton>
  );
}
