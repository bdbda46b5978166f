import { ChevronLeft, Trash2 } from "lucide-react";
import type { Metadata } from "next";
import { editRoleForm } from "#app/(console)/settings/roles/actions.ts";
import { DeleteRoleDialog } from "#app/(console)/settings/roles/delete-role-dialog.tsx";
import { SyncedDialog } from "#app/(console)/settings/synced-dialog.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { type RoleDetails, viewRole } from "#lib/roles/index.ts";
import { pageHref, type SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { currentCall } from "#lib/web/session.ts";
import { RoleEditor } from "./role-editor.tsx";

export const metadata: Metadata = { title: "Role" };

interface Props extends SearchProps {
  params: Promise<{ role: string }>;
}

export default async function RolePage({ params, searchParams }: Props) {
  const [{ role: named }, query] = await Promise.all([params, searchParams]);
  const role = await read(viewRole, { role: decodeURIComponent(named) });
  const { actor } = await currentCall("page");
  const synced = actor.kind === "user" && actor.roleSync !== undefined;
  const href = (changes: Record<string, string | undefined>) =>
    pageHref(`/settings/roles/role/${encodeURIComponent(role.key)}`, query, changes);
  return (
    <>
      <PageHeader
        title={role.label}
        badge={synced && <Badge tone="accent">Synced</Badge>}
        description={<Facts role={role} />}
        before={<BackToAll />}
        actions={!synced && <DeleteRole role={role} href={href({ delete: role.key })} />}
      />
      <RoleEditor key={role.key} role={role} action={editRoleForm} />
      {query.delete !== undefined && synced && !role.remove.allowed && (
        <SyncedDialog
          title="Roles are read-only now"
          why={role.remove.why}
          closeHref={href({ delete: undefined })}
        />
      )}
      {query.delete !== undefined && role.remove.allowed && (
        <DeleteRoleDialog
          role={role.key}
          single={actor.kind === "user" && actor.access.catalogue.assignment === "single"}
          closeHref={href({ delete: undefined })}
          okHref="/settings/roles"
        />
      )}
    </>
  );
}

function Facts({ role }: { role: RoleDetails }) {
  const people =
    role.people === 1 ? "1 person holds it" : `${role.people.toLocaleString("en")} people hold it`;
  return (
    <>
      {role.description && <p>{role.description}</p>}
      <p className="text-sm">
        <span className="font-mono">{role.key}</span> · {role.builtIn ? "Built-in" : "Custom"} · {people}
      </p>
    </>
  );
}

function DeleteRole({ role, href }: { role: RoleDetails; href: string }) {
  const icon = <Trash2 aria-hidden className="size-4" />;
  if (!role.remove.allowed)
    return (
      <Button icon={icon} disabledReason={role.remove.why}>
        Delete role
      </Button>
    );
  return (
    <LinkButton href={href} icon={icon} scroll={false}>
      Delete role
    </LinkButton>
  );
}

function BackToAll() {
  return (
    <Link
      href="/settings/roles"
      className="mb-1 inline-flex min-h-6 items-center gap-1 text-sm text-mute hover:text-ink"
    >
      <ChevronLeft aria-hidden className="size-4" />
      All roles
    </Link>
  );
}
