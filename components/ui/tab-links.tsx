"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Link } from "./link.tsx";
import { tabClass, tabListClass } from "./tab-class.ts";

/** Views of one thing, each at its own address. */
export function TabLinks(props: { label: string; tabs: readonly { href: string; label: ReactNode }[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label={props.label} className={tabListClass}>
      {props.tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          scroll={false}
          aria-current={pathname === tab.href ? "page" : undefined}
          className={tabClass}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
