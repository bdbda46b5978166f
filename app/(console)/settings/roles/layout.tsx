import type { ReactNode } from "react";
import { TabLinks } from "#components/ui/tab-links.tsx";
import { can } from "#lib/kernel/actor.ts";
import { currentCall } from "#lib/web/session.ts";

const tabs = [
  { href: "/settings/roles", label: "Matrix" },
  { href: "/settings/roles/tools", label: "Calculator" },
];

/** What the roles are, and what comes of them. */
export default async function RolesLayout({ children }: { children: ReactNode }) {
  const { actor, at } = await currentCall("page");
  return (
    <>
      {can(actor, "viewRoles", at.getTime()) && (
        <div className="mb-5">
          <TabLinks label="Roles" tabs={tabs} />
        </div>
      )}
      {children}
    </>
  );
}
