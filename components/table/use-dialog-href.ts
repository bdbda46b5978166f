"use client";
import { usePathname, useSearchParams } from "next/navigation";

/** Makes the address of this page with one dialog open, and none of the others. `dialogs`: all their parameters. */
export function useDialogHref<Name extends string>(dialogs: readonly Name[]) {
  const pathname = usePathname();
  const params = useSearchParams();
  return (opened: { [name in Name]?: string }): string => {
    const query = new URLSearchParams(params);
    for (const name of dialogs) query.delete(name);
    for (const [name, value] of Object.entries<string | undefined>(opened))
      if (value !== undefined) query.set(name, value);
    return `${pathname}?${query}`;
  };
}
