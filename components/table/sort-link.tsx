"use client";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { Link } from "#components/ui/link.tsx";

/** A column header that sorts: a real link, so it opens in a new tab and works without scripts. */
export function SortLink(props: { label: string; sorted: false | "asc" | "desc"; href: string }) {
  const Icon = props.sorted === "asc" ? ArrowUp : props.sorted === "desc" ? ArrowDown : ChevronsUpDown;
  return (
    <Link
      href={props.href}
      scroll={false}
      data-sorted={props.sorted || undefined}
      className="group -mx-1 inline-flex min-h-6 items-center gap-1 rounded px-1 hover:text-ink data-sorted:text-ink"
    >
      {props.label}
      <Icon
        aria-hidden
        className="size-3.5 shrink-0 opacity-50 group-hover:opacity-100 group-focus-visible:opacity-100 group-data-sorted:opacity-100"
      />
    </Link>
  );
}
