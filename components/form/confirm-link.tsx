"use client";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";

/** To the page on which somebody confirms who they are and comes back from: for a form that was sent without scripts. */
export function ConfirmLink() {
  const pathname = usePathname();
  const params = useSearchParams().toString();
  const next = params ? `${pathname}?${params}` : pathname;
  return (
    <Link
      href={`/account/confirm?next=${encodeURIComponent(next)}`}
      className="font-medium underline underline-offset-2"
    >
      Confirm that it is you
    </Link>
  );
}
