"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./icon-button.tsx";
import { toast } from "./toast.ts";

/** Puts a text on the clipboard and says so. */
export function CopyButton({ value, label = "Copy" }: { value: string; label?: string }) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(setCopied, 2_000, false);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      toast("Copied");
    } catch {
      toast("The browser did not allow copying. Select the text and copy it by hand.", "warning");
    }
  }

  return (
    <IconButton
      label={label}
      icon={copied ? <Check aria-hidden className="text-low" /> : <Copy aria-hidden />}
      onClick={copy}
    />
  );
}
