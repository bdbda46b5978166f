import type { ReactNode } from "react";
import { TabLinks } from "#components/ui/tab-links.tsx";
import { currentCall } from "#lib/web/session.ts";
import { accountTabs } from "./account-tabs.ts";

/** One's own account: each view at its own address. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const { actor } = await currentCall("page");
  return (
    <>
      {actor.kind === "user" && !actor.mustEnrol && (
        <div className="mb-5">
          <TabLinks label="Your account" tabs={accountTabs} />
        </div>
      )}
      {children}
    </>
  );
}
