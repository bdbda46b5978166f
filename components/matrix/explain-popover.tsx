"use client";
import { type ReactNode, useMemo } from "react";
import { Dialog, Heading, Popover } from "react-aria-components";

export interface Explained {
  /** The cell that was pressed: the popover points at it and gives the focus back to it. */
  element: HTMLElement;
  title: string;
  content: ReactNode;
}

/** Says why. One for the whole matrix. */
export function ExplainPopover({
  explained,
  onClose,
}: {
  explained: Explained | undefined;
  onClose: () => void;
}) {
  const trigger = useMemo(() => ({ current: explained?.element ?? null }), [explained]);
  if (!explained) return null;
  return (
    <Popover
      triggerRef={trigger}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom"
      offset={4}
      data-outline
      className="w-80 max-w-[calc(100vw-2.5rem)] animate-appear rounded-lg bg-raised shadow-float"
    >
      <Dialog className="flex flex-col gap-2.5 p-4 text-sm outline-none">
        <Heading slot="title" className="font-semibold">
          {explained.title}
        </Heading>
        {explained.content}
      </Dialog>
    </Popover>
  );
}
