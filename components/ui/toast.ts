"use client";
import { useSyncExternalStore } from "react";
import type { NoticeKind } from "./notice.tsx";

export interface ToastEntry {
  id: number;
  kind: NoticeKind;
  message: string;
  /** Which answer it is, as in `Notice`. */
  reason?: string | undefined;
  done?: string | undefined;
}

type Answered = Pick<ToastEntry, "reason" | "done">;

let entries: readonly ToastEntry[] = [];
let lastId = 0;
const listeners = new Set<() => void>();
const none: readonly ToastEntry[] = [];

function change(next: readonly ToastEntry[]): void {
  entries = next;
  for (const listener of listeners) listener();
}

/** Says something in the corner and to screen readers; at most three at a time. */
export function toast(message: string, kind: NoticeKind = "success", about: Answered = {}): void {
  lastId += 1;
  const { reason, done } = about;
  change([...entries.slice(-2), { id: lastId, kind, message, reason, done }]);
}

/** Takes one away. */
export function dismissToast(id: number): void {
  change(entries.filter((entry) => entry.id !== id));
}

/** What is being said now. */
export function useToasts(): readonly ToastEntry[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => entries,
    () => none,
  );
}
