import type { ReactNode } from "react";
import { TabLinks } from "#components/ui/tab-links.tsx";
import { managedLists } from "#lib/managed-values/index.ts";
import { read } from "#lib/web/read.ts";

/** Every list of the catalogue and its groups, each at an address of its own. */
export default async function ManagedListLayout({ children }: { children: ReactNode }) {
  const lists = await read(managedLists, {});
  const tabs = lists.flatMap(({ key, label }) => [
    { href: `/settings/attributes/${key}`, label },
    { href: `/settings/attributes/${key}/groups`, label: `${label} groups` },
  ]);
  return (
    <>
      <div className="mb-5">
        <TabLinks label="Managed lists" tabs={tabs} />
      </div>
      {children}
    </>
  );
}
