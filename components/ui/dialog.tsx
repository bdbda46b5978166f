"use client";
import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useId, useState } from "react";
import { classNames } from "./class-names.ts";
import { Link } from "./link.tsx";
import { useModalDialog } from "./use-modal-dialog.ts";

const widths = { small: "sm:max-w-md", medium: "sm:max-w-xl", large: "sm:max-w-4xl" };

export interface DialogProps {
  title: string;
  description?: ReactNode;
  /** The page underneath: Esc, the close button and a "Cancel" link lead there. */
  closeHref?: string;
  /** For a dialog that has no address of its own. */
  onClose?: () => void;
  size?: keyof typeof widths;
  /** The buttons at the bottom, when they are not part of a form in `children`. */
  footer?: ReactNode;
  children?: ReactNode;
}

/**
 * A modal dialog that is open for as long as it is rendered; it has an address, so a link opens it and Back closes it.
 * It is the browser's own <dialog>: the server already writes it open, so it works before and without scripts.
 */
export function Dialog(props: DialogProps) {
  const router = useRouter();
  const titleId = useId();
  const descriptionId = useId();
  const [element, setElement] = useState<HTMLDialogElement | null>(null);
  const close = () => {
    props.onClose?.();
    if (props.closeHref) router.push(props.closeHref, { scroll: false });
  };
  useModalDialog(element, close);

  return (
    <dialog
      ref={setElement}
      open
      aria-labelledby={titleId}
      aria-describedby={props.description ? descriptionId : undefined}
      className="fixed inset-0 z-40 m-0 grid size-full max-h-none max-w-none place-items-end bg-scrim text-ink sm:place-items-center sm:p-6 backdrop:bg-transparent"
    >
      <div
        className={classNames(
          "flex h-full max-h-full w-full animate-appear flex-col overflow-hidden bg-raised sm:h-auto sm:animate-rise sm:rounded-xl sm:shadow-float",
          widths[props.size ?? "medium"],
        )}
      >
        <header className="flex items-start gap-3 border-b border-line px-4 py-3 sm:px-5">
          <div className="min-w-0 grow">
            <h2 id={titleId} className="text-base font-semibold">
              {props.title}
            </h2>
            {props.description && (
              <div id={descriptionId} className="text-sm text-soft">
                {props.description}
              </div>
            )}
          </div>
          <CloseControl closeHref={props.closeHref} onClose={close} />
        </header>
        <div className="min-h-0 grow overflow-y-auto overscroll-contain px-4 py-4 sm:px-5">
          {props.children}
        </div>
        {props.footer && (
          <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3 sm:px-5">
            {props.footer}
          </footer>
        )}
      </div>
    </dialog>
  );
}

function CloseControl(props: { closeHref: string | undefined; onClose: () => void }) {
  const look =
    "-mr-1 grid size-7 shrink-0 place-items-center rounded-md text-mute hover:bg-hover hover:text-ink pointer-coarse:size-10";
  const icon = <X aria-hidden className="size-4" />;
  return props.closeHref ? (
    <Link href={props.closeHref} scroll={false} aria-label="Close" className={look}>
      {icon}
    </Link>
  ) : (
    <button type="button" aria-label="Close" onClick={props.onClose} className={look}>
      {icon}
    </button>
  );
}
