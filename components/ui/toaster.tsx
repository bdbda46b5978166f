"use client";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { noticeKinds } from "./notice.tsx";
import { dismissToast, type ToastEntry, useToasts } from "./toast.ts";
import { inks } from "./tone.ts";

/** Where toasts appear: one status region that is always in the page, so that what comes into it is announced. */
export function Toaster() {
  const toasts = useToasts();
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-50 flex flex-col items-center gap-2 p-4 sm:items-end"
    >
      {toasts.map((entry) => (
        <Toast key={entry.id} entry={entry} />
      ))}
    </div>
  );
}

function Toast({ entry }: { entry: ToastEntry }) {
  const [held, setHeld] = useState(false);
  const { tone, word, Icon } = noticeKinds[entry.kind];

  useEffect(() => {
    if (held) return;
    const timer = setTimeout(dismissToast, 5_000 + entry.message.length * 60, entry.id);
    return () => clearTimeout(timer);
  }, [held, entry]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering or focusing only stops the clock
    <div
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      data-reason={entry.reason}
      data-done={entry.done}
      className="pointer-events-auto flex w-full max-w-sm animate-rise items-start gap-2.5 rounded-lg bg-raised py-2.5 pr-2 pl-3 text-sm shadow-float"
    >
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${inks[tone]}`} />
      <p className="min-w-0 grow">
        <span className="sr-only">{word}: </span>
        {entry.message}
      </p>
      <button
        type="button"
        aria-label="Dismiss"
        onClick={() => dismissToast(entry.id)}
        className="grid size-6 shrink-0 place-items-center rounded text-mute hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}
