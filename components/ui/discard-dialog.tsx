"use client";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

/** Asks before unsaved changes are thrown away. */
export function DiscardDialog(props: {
  title: string;
  /** What would be lost. */
  children: ReactNode;
  onDiscard: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog
      title={props.title}
      size="small"
      onClose={props.onClose}
      footer={
        <>
          <Button data-autofocus onClick={props.onClose}>
            Keep editing
          </Button>
          <Button variant="danger" onClick={props.onDiscard}>
            Discard changes
          </Button>
        </>
      }
    >
      <p className="text-sm text-soft first-letter:uppercase">{props.children}</p>
    </Dialog>
  );
}
