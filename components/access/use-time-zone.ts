"use client";
import { useHydrated } from "#components/ui/use-hydrated.ts";

/** The zone to write times in: the server knows UTC alone, the browser its reader's own (undefined, for Intl). */
export function useTimeZone(): string | undefined {
  return useHydrated() ? undefined : "UTC";
}

/** Its name, for saying whose clock a time is on. */
export function useTimeZoneName(): string {
  return useHydrated() ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";
}
