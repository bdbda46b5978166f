import type { ReactNode } from "react";
import { Notice } from "#components/ui/notice.tsx";
import { LocalTime } from "./local-time.tsx";

/** Says which instant the answer is about, and what that means for one that is not now. */
export function AnswerFrame(props: { at: Date; now: boolean; children: ReactNode }) {
  return (
    <>
      {!props.now && (
        <Notice kind="info" reason="other_instant" className="mb-4">
          At <LocalTime at={props.at} />, by the roles and assignments of today: the clock is set to that
          instant, but what has changed since then, or will, is not taken into account.
        </Notice>
      )}
      {props.children}
    </>
  );
}
