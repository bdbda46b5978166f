"use client";
import { useState } from "react";

/** What a control shows: what was typed, until the address says something else. */
export function useFollowed(inUrl: string) {
  const [shown, show] = useState(inUrl);
  const [seen, setSeen] = useState(inUrl);
  if (inUrl !== seen) {
    setSeen(inUrl);
    show(inUrl);
  }
  return [shown, show] as const;
}
