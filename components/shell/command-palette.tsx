"use client";
import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { Kbd } from "#components/ui/kbd.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { takeEarlyKeys } from "./early-keys.tsx";
import { type Command, PaletteDialog } from "./palette-dialog.tsx";

export type { Command } from "./palette-dialog.tsx";

/** The button and the Ctrl/Cmd-K key for everything that the actor may do. */
export function CommandPalette({ commands }: { commands: readonly Command[] }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const hydrated = useHydrated();
  const apple = hydrated && /Mac|iP/.test(navigator.platform);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (
        event.key.toLowerCase() !== "k" ||
        !(event.ctrlKey || event.metaKey) ||
        event.shiftKey ||
        event.altKey
      )
        return;
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) setOpen(true);
    }
    document.addEventListener("keydown", onKeyDown);
    const early = takeEarlyKeys();
    if (early.palette && !document.querySelector("dialog[open]")) {
      setTyped(early.text);
      setOpen(true);
    }
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  const close = () => {
    setOpen(false);
    setTyped("");
  };

  // Without scripts it could do nothing, so it is not there.
  if (!hydrated) return <div className="h-8" />;
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="Control+K Meta+K"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="flex min-h-8 w-full items-center gap-2.5 rounded-md border border-line-strong bg-surface px-2 text-mute hover:border-edge hover:text-soft pointer-coarse:min-h-11"
      >
        <Search aria-hidden className="size-4" />
        <span className="grow text-left">Go to or do</span>
        <span aria-hidden className="flex gap-0.5 pointer-coarse:hidden">
          <Kbd>{apple ? "⌘" : "Ctrl"}</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      {open && <PaletteDialog commands={commands} typed={typed} onClose={close} />}
    </>
  );
}
