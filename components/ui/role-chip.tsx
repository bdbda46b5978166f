import { Clock, Cloud, Hourglass, Link2, ShieldAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** A role that somebody holds, with where it comes from and when it ends, when that is worth saying. */
export function RoleChip(props: {
  label: string;
  /** Left out for a role that an administrator gave by hand. */
  source?: { kind: "idp" | "scim" | "rule"; label: string; hidden?: boolean } | undefined;
  /** It has an end, hours or a place: the words, for whoever cannot see the tooltip. */
  times?: string | undefined;
  /** In words: "until 3 Mar". */
  until?: string | undefined;
  /** Whoever gives it has to confirm that. */
  dangerous?: boolean | undefined;
  muted?: boolean | undefined;
}) {
  return (
    <span
      className={classNames(
        "inline-flex max-w-full items-center rounded-full border border-line-strong bg-surface py-px pr-2 pl-2 text-xs font-medium",
        props.muted ? "border-dashed text-mute" : "text-ink",
      )}
    >
      {props.dangerous && (
        <Part icon={<ShieldAlert aria-hidden className="text-high" />} hidden="dangerous" />
      )}
      <span className="truncate">{props.label}</span>
      {props.source && (
        <Part
          icon={props.source.kind === "rule" ? <Link2 aria-hidden /> : <Cloud aria-hidden />}
          {...(props.source.hidden && { hidden: props.source.label })}
        >
          {!props.source.hidden && props.source.label}
        </Part>
      )}
      {props.times && <Part icon={<Clock aria-hidden />} hidden={props.times} />}
      {props.until && <Part icon={<Hourglass aria-hidden />}>{props.until}</Part>}
    </span>
  );
}

function Part(props: { icon: ReactNode; hidden?: string; children?: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-0.5 font-normal whitespace-nowrap text-mute not-first:ml-1.5 first:mr-1 [&_svg]:size-3">
      {props.icon}
      {props.hidden && <span className="sr-only">{props.hidden} </span>}
      {props.children}
    </span>
  );
}
