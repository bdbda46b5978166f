"use client";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { I18nProvider, RouterProvider } from "react-aria-components";
import { Toaster } from "#components/ui/toaster.tsx";
import { Tooltips } from "#components/ui/tooltips.tsx";

/** What every page needs around it: one language for built-in words, links that do not reload, a place for toasts. */
export function Providers({ children }: { children: ReactNode }) {
  const router = useRouter();
  return (
    <I18nProvider locale="en-GB">
      <RouterProvider navigate={(href) => router.push(href)}>
        {children}
        <Toaster />
        <Tooltips />
      </RouterProvider>
    </I18nProvider>
  );
}
