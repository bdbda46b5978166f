"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "#components/ui/button-class.ts";
import { Link } from "#components/ui/link.tsx";
import { FilterSelect } from "./filter-select.tsx";
import { listParams } from "./list-url.ts";
import { useListUrl } from "./use-list-url.ts";

/** Ways through a list by cursor: previous, next, rows a page, and how many there are. */
export function Pagination(props: {
  page: {
    total: number;
    /** There are more than were counted: beyond some size counting costs more than it tells. */
    capped: boolean;
    /** Cursors as the server gave them; none means the end. */
    previous: string | undefined;
    next: string | undefined;
  };
  /** ["person", "people"] */
  noun: readonly [one: string, many: string];
  size: number;
  sizes?: readonly number[];
}) {
  const url = useListUrl();
  const { total, capped, previous, next } = props.page;
  const sizes = props.sizes ?? [25, 50, 100];
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-3 pt-3 text-sm text-soft">
      <p className="mr-auto tabular-nums">
        {capped && "about "}
        {total.toLocaleString("en")} {total === 1 ? props.noun[0] : props.noun[1]}
      </p>
      <FilterSelect
        name={listParams.size}
        label="Rows"
        value={String(props.size)}
        options={sizes.map((size) => ({ value: String(size), label: String(size) }))}
      />
      <nav aria-label="Pages" className="flex gap-2">
        <PageLink href={previous ? url.href({ [listParams.before]: previous }) : undefined}>
          <ChevronLeft aria-hidden className="size-4" />
          Previous
        </PageLink>
        <PageLink href={next ? url.href({ [listParams.after]: next }) : undefined}>
          Next
          <ChevronRight aria-hidden className="size-4" />
        </PageLink>
      </nav>
    </div>
  );
}

function PageLink({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (href) {
    return (
      <Link href={href} className={buttonClass("secondary")}>
        {children}
      </Link>
    );
  }
  return (
    // biome-ignore lint/a11y/useValidAnchor: a placeholder link, as HTML has it for a page that is not there
    <a role="link" aria-disabled="true" className={buttonClass("secondary", "medium", true)}>
      {children}
    </a>
  );
}
