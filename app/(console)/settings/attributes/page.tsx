import { notFound, redirect } from "next/navigation";
import { managedLists } from "#lib/managed-values/index.ts";
import { read } from "#lib/web/read.ts";

/** To the first list of the catalogue. */
export default async function ManagedListsPage() {
  const [first] = await read(managedLists, {});
  if (!first) notFound();
  redirect(`/settings/attributes/${first.key}`);
}
