import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { SyncBanner } from "#app/(console)/settings/sync-banner.tsx";
import { SyncedDialog } from "#app/(console)/settings/synced-dialog.tsx";
import { AddRoleForm } from "#components/matrix/add-role-form.tsx";
import { Matrix } from "#components/matrix/matrix.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { addRoleChoices, listBaseRoles, viewMatrix } from "#lib/roles/index.ts";
import { viewSyncOfRoles } from "#lib/sso/index.ts";
import { pageHref, type SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { currentCall } from "#lib/web/session.ts";
import { createRoleForm, editRoleForm } from "./actions.ts";
import { DeleteRoleDialog } from "./delete-role-dialog.tsx";

export const metadata: Metadata = { title: "Roles" };

export default async function RolesPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const data = await read(viewMatrix, {});
  const { actor, at } = await currentCall("page");
  const sync = await read(viewSyncOfRoles, {});
  const adding = addRoleChoices(actor, at.getTime());
  const href = (changes: Record<string, string | undefined>) => pageHref("/settings/roles", params, changes);
  const closeHref = href({ add: undefined });
  const mayAdd = adding !== undefined && adding.unavailable === undefined && adding.why === undefined;
  return (
    <>
      <PageHeader
        title="Roles"
        badge={sync && <Badge tone="accent">Synced</Badge>}
        description="What each role lets its holders do. Press a cell to see why."
        actions={
          adding?.unavailable === undefined &&
          !sync && <AddRole href={href({ add: "", edit: undefined })} allowed={mayAdd} />
        }
      />
      {sync && <SyncBanner sync={sync} what="Roles" />}
      {adding?.unavailable && (
        <Notice kind="info" reason="custom_roles_off" className="mb-4">
          {adding.unavailable}
        </Notice>
      )}
      <Matrix data={data} saveRole={editRoleForm} />
      {typeof params.delete === "string" && data.edit.allowed && (
        <DeleteRoleDialog
          role={params.delete}
          single={actor.kind === "user" && actor.access.catalogue.assignment === "single"}
          closeHref={href({ delete: undefined })}
          okHref={href({ delete: undefined, edit: undefined })}
        />
      )}
      {sync && (params.add !== undefined || params.delete !== undefined) && !data.edit.allowed && (
        <SyncedDialog
          title="Roles are read-only now"
          why={data.edit.why}
          closeHref={href({ add: undefined, delete: undefined })}
        />
      )}
      {params.add !== undefined && mayAdd && (
        <Dialog
          title="Add New Role"
          description="Its name is for good; permissions can change later."
          closeHref={closeHref}
          size="large"
        >
          <AddRoleForm
            groups={data.groups}
            bases={await read(listBaseRoles, {})}
            templates={adding.templates}
            keyHint={adding.keyHint}
            action={createRoleForm}
            closeHref={closeHref}
          />
        </Dialog>
      )}
    </>
  );
}

function AddRole({ href, allowed }: { href: string; allowed: boolean }) {
  const icon = <Plus aria-hidden className="size-4" />;
  if (!allowed) {
    return (
      <Button
        icon={icon}
        disabledReason="You may look at roles but not add any: that needs the right to manage roles."
      >
        Add Role
      </Button>
    );
  }
  return (
    <LinkButton href={href} variant="primary" icon={icon} scroll={false}>
      Add Role
    </LinkButton>
  );
}
