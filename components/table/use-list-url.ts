"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";
import { listHref, type ParamChanges } from "./list-url.ts";

/** Reads and changes the state of the list that is shown, which is the URL. */
export function useListUrl() {
  const pathname = usePathname();
  const params = useSearchParams();
  const router = useRouter();
  const [pending, start] = useTransition();
  const href = (changes: ParamChanges) => listHref(pathname, params.toString(), changes);
  return {
    pathname,
    params,
    pending,
    href,
    /** `how: "replace"` while typing, so that Back does not walk through every letter; `meanwhile` runs in the transition. */
    go(changes: ParamChanges, how: "push" | "replace" = "push", meanwhile?: () => void) {
      start(() => {
        meanwhile?.();
        router[how](href(changes), { scroll: false });
      });
    },
  };
}
