import type { ReactNode } from "react";
import { IdentityProofDialog } from "#components/form/identity-proof-dialog.tsx";
import { ConsoleShell } from "#components/shell/console-shell.tsx";
import { can } from "#lib/kernel/actor.ts";
import { currentCall } from "#lib/web/session.ts";
import { confirmIdentityForm, signOutForm } from "./actions.ts";
import { placesFor } from "./places.tsx";

/** The frame around the console. It shows; it never decides: whoever is not signed in is sent away by the page itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { actor, at } = await currentCall("page");
  if (actor.kind !== "user") return children;
  const nav = placesFor(actor, at.getTime());
  const commands = nav.map(({ label, href }) => ({ label, href, section: "Go to" }));
  if (can(actor, "manageUsers", at.getTime())) {
    commands.push({ label: "Add user", href: "/settings/users?add", section: "Do" });
  }
  if (can(actor, "manageRoles", at.getTime()) && actor.access.catalogue.customRoles.enabled) {
    commands.push({ label: "Add role", href: "/settings/roles?add", section: "Do" });
  }
  if (can(actor, "manageOrganizations", at.getTime())) {
    commands.push({ label: "Add organization", href: "/settings/organizations?add", section: "Do" });
  }
  const roles = actor.subject.assignments.map(({ role }) => role).join(", ");
  return (
    <ConsoleShell
      nav={nav}
      commands={commands}
      instance={actor.access.catalogue.label}
      user={{ id: actor.id, name: actor.name || actor.username, roles, href: "/account" }}
      signOut={signOutForm}
    >
      <IdentityProofDialog action={confirmIdentityForm}>{children}</IdentityProofDialog>
    </ConsoleShell>
  );
}
