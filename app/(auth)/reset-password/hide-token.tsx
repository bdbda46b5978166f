"use client";
import { useEffect } from "react";

/** The link's secret stands in the form; out of the address it cannot be read off the screen, bookmarked or sent on. */
export function HideToken() {
  useEffect(() => {
    if (window.location.search) window.history.replaceState(null, "", window.location.pathname);
  }, []);
  return null;
}
