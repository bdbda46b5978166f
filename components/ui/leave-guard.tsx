"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { DiscardDialog } from "./discard-dialog.tsx";
import { holdUp } from "./leaving.ts";
import { useUnloadGuard } from "./use-unload-guard.ts";

/** While there is something unsaved: asks before another page, or the end of the tab, throws it away. */
export function LeaveGuard({ unsaved }: { /** "2 added, not saved yet." */ unsaved: string | undefined }) {
  const router = useRouter();
  const [leave, setLeave] = useState<{ go: () => void }>();
  const active = unsaved !== undefined;
  useUnloadGuard(active);
  useEffect(() => {
    if (!active) return;
    return holdUp(
      (go) => setLeave({ go }),
      (href) => router.push(href),
    );
  }, [active, router]);
  if (!leave || !active) return null;
  return (
    <DiscardDialog title="Leave without saving?" onDiscard={leave.go} onClose={() => setLeave(undefined)}>
      {unsaved}
    </DiscardDialog>
  );
}
