"use client";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { Link } from "#components/ui/link.tsx";

/** One place of the console. */
export interface NavItem {
  href: string;
  label: string;
  icon: ReactNode;
  /** Heading that it stands under; items of one section follow one another. */
  section?: string;
  /** What waits there, such as people to approve. */
  badge?: ReactNode;
}

/** The places, by section; the deepest one that the address lies in is the current one. */
export function NavLinks({ items, within }: { items: readonly NavItem[]; within: string }) {
  const pathname = usePathname();
  const current = items
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((one, other) => other.href.length - one.href.length)[0];
  const sections = Map.groupBy(items, (item) => item.section ?? "");

  // On a small screen the navigation lies over the page: having arrived, it goes away.
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving is the change of the address
  useEffect(() => {
    const popover = document.getElementById(within);
    if (popover?.matches(":popover-open")) popover.hidePopover();
  }, [pathname, within]);

  return (
    <nav aria-label="Console" className="flex min-h-0 grow flex-col gap-5 overflow-y-auto px-3 py-1">
      {[...sections].map(([section, links]) => (
        <div key={section}>
          {section && <p className="mb-1 px-2 text-xs font-medium text-mute">{section}</p>}
          <ul className="space-y-px">
            {links.map((item) => (
              <li key={item.href}>
                <Link
                  href={item.href}
                  aria-current={item === current ? "page" : undefined}
                  className="flex min-h-8 items-center gap-2.5 rounded-md px-2 text-soft hover:bg-hover hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-ink pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0"
                >
                  {item.icon}
                  <span className="min-w-0 grow truncate">{item.label}</span>
                  {item.badge}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
