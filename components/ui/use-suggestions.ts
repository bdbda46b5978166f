"use client";
import { type KeyboardEvent, useId, useState } from "react";

/** The keyboard and ARIA of a text box with a list of suggestions; the focus stays in the box. */
export function useSuggestions<Item>(
  items: readonly Item[],
  options: {
    open: boolean;
    /** Accessible name of the list. */
    label: string;
    onPick: (item: Item) => void;
    onClose?: () => void;
    /** The first one is chosen until told otherwise, as in a command palette. */
    autoSelect?: boolean;
  },
) {
  const listId = useId();
  const [wanted, setActive] = useState(-1);
  const active = Math.min(options.autoSelect ? Math.max(wanted, 0) : wanted, items.length - 1);
  const expanded = options.open && items.length > 0;
  const optionId = (index: number) => `${listId}-${index}`;

  function move(to: number) {
    setActive(to);
    document.getElementById(optionId(to))?.scrollIntoView({ block: "nearest" });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!expanded || event.nativeEvent.isComposing) return;
    const item = items[active];
    if (event.key === "ArrowDown") move((active + 1) % items.length);
    else if (event.key === "ArrowUp") move((active <= 0 ? items.length : active) - 1);
    else if (event.key === "Enter" && item !== undefined) options.onPick(item);
    else if (event.key === "Escape" && options.onClose) options.onClose();
    else return;
    event.preventDefault();
  }

  return {
    active,
    expanded,
    reset: () => setActive(-1),
    inputProps: {
      role: "combobox",
      "aria-expanded": expanded,
      "aria-controls": expanded ? listId : undefined,
      "aria-autocomplete": "list",
      "aria-activedescendant": expanded && active >= 0 ? optionId(active) : undefined,
      autoComplete: "off",
      onKeyDown,
    },
    listProps: { id: listId, role: "listbox", "aria-label": options.label },
    optionProps: (index: number, item: Item) => ({
      id: optionId(index),
      role: "option",
      "aria-selected": index === active,
      // Pressing must not take the focus out of the box.
      onMouseDown: (event: { preventDefault(): void }) => event.preventDefault(),
      onMouseMove: () => setActive(index),
      onClick: () => options.onPick(item),
    }),
  } as const;
}
