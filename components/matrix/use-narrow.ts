"use client";
import { useSyncExternalStore } from "react";

const query = "(width < 40rem)";

/** A phone, or a zoomed page: one role at a time. The same width as Tailwind's `max-sm`. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}
