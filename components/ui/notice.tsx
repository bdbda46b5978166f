import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { classNames } from "./class-names.ts";
import { type Tone, washes } from "./tone.ts";

export type NoticeKind = "info" | "success" | "warning" | "danger";

export const noticeKinds: Record<NoticeKind, { tone: Tone; word: string; Icon: typeof Info }> = {
  info: { tone: "medium", word: "Note", Icon: Info },
  success: { tone: "low", word: "Done", Icon: CircleCheck },
  warning: { tone: "elevated", word: "Warning", Icon: TriangleAlert },
  danger: { tone: "high", word: "Problem", Icon: CircleAlert },
};

/**
 * A message in the page. `role="alert"` for an answer to what was just done. Which message it is stands in
 * `data-reason` or, once an operation is done, in `data-done`: the words may change, and these do not.
 */
export function Notice(props: {
  kind?: NoticeKind;
  title?: string | undefined;
  role?: "alert" | "status" | undefined;
  reason?: string | undefined;
  done?: string | undefined;
  action?: ReactNode;
  className?: string;
  tabIndex?: number;
  ref?: Ref<HTMLDivElement>;
  children?: ReactNode;
}) {
  const { tone, word, Icon } = noticeKinds[props.kind ?? "info"];
  return (
    <div
      ref={props.ref}
      role={props.role}
      tabIndex={props.tabIndex}
      data-outline
      data-reason={props.reason}
      data-done={props.done}
      className={classNames("flex gap-2.5 rounded-lg px-3 py-2.5 text-sm", washes[tone], props.className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 grow text-ink">
        <span className="sr-only">{word}: </span>
        {props.title && <p className="font-semibold">{props.title}</p>}
        {props.children}
      </div>
      {props.action && <div className="shrink-0">{props.action}</div>}
    </div>
  );
}
