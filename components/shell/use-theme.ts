"use client";
import { useSyncExternalStore } from "react";
import { type Theme, themeFrom } from "./theme.ts";

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

/** The theme that the page wears now; <html data-theme> is its only home. */
export function useTheme(): Theme {
  return useSyncExternalStore(
    subscribe,
    () => themeFrom(document.documentElement.dataset.theme),
    () => "system",
  );
}
