"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { mayLeave } from "#components/ui/leaving.ts";
import { useModalDialog } from "#components/ui/use-modal-dialog.ts";
import { useSuggestions } from "#components/ui/use-suggestions.ts";
import { findCommands } from "./find-commands.ts";

/** Something that the actor may do, as an address. */
export interface Command {
  label: string;
  href: string;
  section: string;
  /** Other words that people would type. */
  keywords?: string;
  icon?: ReactNode;
}

/** The palette while it is open: one box, the commands that match it, Enter goes. */
export function PaletteDialog({
  commands,
  typed,
  onClose,
}: {
  commands: readonly Command[];
  /** What was typed already when it opened. */
  typed: string;
  onClose: () => void;
}) {
  const router = useRouter();
  const [element, setElement] = useState<HTMLDialogElement | null>(null);
  const [text, setText] = useState(typed);
  const found = findCommands(commands, text);
  useModalDialog(element, onClose);
  const list = useSuggestions(found, {
    open: true,
    label: "Commands",
    autoSelect: true,
    onPick(command) {
      onClose();
      const go = () => router.push(command.href);
      if (mayLeave(go)) go();
    },
  });

  return (
    <dialog
      ref={setElement}
      aria-label="Go to or do"
      onClick={(event) => event.target === element && onClose()}
      onKeyDown={() => {}}
      className="fixed inset-0 z-40 m-0 size-full max-h-none max-w-none bg-scrim p-3 text-ink backdrop:bg-transparent sm:pt-[14vh]"
    >
      <div className="mx-auto flex max-h-full w-full max-w-xl animate-rise flex-col rounded-xl bg-raised shadow-float sm:max-h-[60vh]">
        <input
          {...list.inputProps}
          aria-label="Go to or do"
          data-escape-closes
          placeholder="Go to or do"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            list.reset();
          }}
          className="w-full rounded-t-xl border-b border-line bg-transparent px-4 py-3 text-base outline-hidden placeholder:text-mute focus-visible:border-accent"
        />
        <div {...list.listProps} className="min-h-0 overflow-y-auto overscroll-contain p-1.5">
          {found.map((command, index) => (
            <div key={`${command.section}/${command.label}`} role="presentation">
              {command.section !== found[index - 1]?.section && (
                <p role="presentation" className="px-2.5 pt-2 pb-1 text-xs font-medium text-mute">
                  {command.section}
                </p>
              )}
              <div
                {...list.optionProps(index, command)}
                className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2.5 aria-selected:bg-hover pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:text-mute"
              >
                {command.icon}
                {command.label}
              </div>
            </div>
          ))}
        </div>
        <p role="status" className={found.length === 0 ? "px-4 pb-6 text-center text-soft" : "sr-only"}>
          {found.length === 0 ? "Nothing matches." : `${found.length} found`}
        </p>
      </div>
    </dialog>
  );
}
