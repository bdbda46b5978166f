import { headers } from "next/headers";
import type { ReactNode } from "react";
import { IdentityProofDialog } from "#components/form/identity-proof-dialog.tsx";
import { ConsoleShell } from "#components/shell/console-shell.tsx";
import { can, type UserActor } from "#lib/kernel/actor.ts";
import { countRequests } from "#lib/temporary-access/index.ts";
import { read } from "#lib/web/read.ts";
import { currentCall } from "#lib/web/session.ts";
import {
  askToConfirmForm,
  confirmAtProviderForm,
  confirmIdentityForm,
  signOutForm,
  waysToConfirmForm,
} from "./actions.ts";
import { placesFor } from "./places.tsx";

/** How much waits for the actor, by place. */
async function waitingFor(actor: UserActor, at: number): Promise<Record<string, number>> {
  if (!can(actor, "manageUsers", at)) return {};
  return { "/settings/access-requests": await read(countRequests, {}) };
}

/** The frame around the console. It shows; it never decides: whoever is not signed in is sent away by the page itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { actor, at } = await currentCall("page");
  if (actor.kind !== "user") return children;
  const nav = placesFor(actor, at.getTime(), await waitingFor(actor, at.getTime()));
  const commands = nav.map(({ label, href }) => ({ label, href, section: "Go to" }));
  // While an identity provider gives the roles there is nothing of it to be done here.
  const managed = actor.roleSync === undefined;
  if (managed && !actor.mustEnrol)
    commands.push({ label: "Ask for access", href: "/account/access?ask", section: "Do" });
  if (can(actor, "viewRoles", at.getTime())) {
    commands.push({ label: "Permission calculator", href: "/settings/roles/tools", section: "Go to" });
  }
  if (managed && can(actor, "manageUsers", at.getTime())) {
    commands.push({ label: "Add user", href: "/settings/users?add", section: "Do" });
  }
  if (managed && can(actor, "manageRoles", at.getTime()) && actor.access.catalogue.customRoles.enabled) {
    commands.push({ label: "Add role", href: "/settings/roles?add", section: "Do" });
  }
  if (can(actor, "manageOrganizations", at.getTime())) {
    commands.push({ label: "Add organization", href: "/settings/organizations?add", section: "Do" });
  }
  const { roleLabels } = actor.access;
  const held = actor.subject.assignments.map(({ role }) => roleLabels.get(role) ?? role);
  const roles = [...new Set(held)].join(", ");
  return (
    <ConsoleShell
      nonce={(await headers()).get("x-nonce") ?? undefined}
      nav={nav}
      commands={commands}
      instance={actor.access.catalogue.label}
      user={{ id: actor.id, name: actor.name || actor.username, roles, href: "/account" }}
      signOut={signOutForm}
    >
      <IdentityProofDialog
        findWays={waysToConfirmForm}
        action={confirmIdentityForm}
        askPasskey={askToConfirmForm}
        atProvider={confirmAtProviderForm}
      >
        {children}
      </IdentityProofDialog>
    </ConsoleShell>
  );
}
