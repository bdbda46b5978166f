"use client";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useEarlyValue } from "#components/ui/use-early-value.ts";
import { listParams } from "./list-url.ts";
import { useListUrl } from "./use-list-url.ts";

const pause = 300;

/** The text of a search box: follows the URL, and the URL follows it after a pause in typing. */
export function useSearchText() {
  const url = useListUrl();
  const inUrl = url.params.get(listParams.search) ?? "";
  const [text, setText] = useState(inUrl);
  const [caret, setCaret] = useState(inUrl.length);
  const [seen, setSeen] = useState(inUrl);
  const ref = useRef<HTMLInputElement>(null);
  const sent = useRef(inUrl);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useSlashKey(ref);

  // Back, or a link that clears the filters, changed the URL: show it. Our own change arrives late and must not undo typing.
  if (inUrl !== seen) {
    setSeen(inUrl);
    if (inUrl !== sent.current) {
      sent.current = inUrl;
      setText(inUrl);
    }
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  // A completed text is in the box only after this render; the next key must already find the caret behind it.
  const [placed, setPlaced] = useState<{ at: number }>();
  useLayoutEffect(() => {
    if (placed) ref.current?.setSelectionRange(placed.at, placed.at);
  }, [placed]);

  function send(value: string, how: "push" | "replace") {
    clearTimeout(timer.current);
    const next = value.trim();
    if (next === sent.current) return;
    sent.current = next;
    url.go({ [listParams.search]: next }, how);
  }

  function type(value: string, at: number) {
    setText(value);
    setCaret(at);
    clearTimeout(timer.current);
    timer.current = setTimeout(send, pause, value, "replace");
  }

  useEarlyValue(ref, ({ value, selectionStart }) => type(value, selectionStart ?? value.length));

  return {
    ref,
    text,
    caret,
    pathname: url.pathname,
    pending: url.pending,
    moveTo: setCaret,
    type,
    submit: () => send(text, "push"),
    put(value: string, at: number) {
      type(value, at);
      setPlaced({ at });
    },
    clear() {
      setText("");
      setCaret(0);
      send("", "push");
      ref.current?.focus();
    },
  };
}

/** `/` goes to the box from anywhere but another field. */
function useSlashKey(ref: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      const busy = target.closest("input, textarea, select, [contenteditable], dialog");
      if (event.key !== "/" || busy || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      ref.current?.focus();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [ref]);
}
