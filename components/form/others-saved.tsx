import type { ReactNode } from "react";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

/** Somebody else saved what this form is about: who, when, and in `children` what they changed and what becomes of one's own. */
export function OthersSaved(props: {
  /** "this role" */
  what: string;
  by?: string | undefined;
  at?: string | undefined;
  /** Where the form says so already, aloud. */
  quiet?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Notice
      kind="warning"
      reason="edit_conflict"
      role={props.quiet ? undefined : "alert"}
      title={`${props.by ?? "Somebody else"} saved ${props.what} in the meantime`}
      className={props.className}
    >
      {props.at && (
        <p className="text-xs text-soft">
          <RelativeTime at={props.at} />
        </p>
      )}
      {props.children}
    </Notice>
  );
}
