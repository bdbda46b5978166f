import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { DisabledButton } from "./disabled-button.tsx";
import { Link } from "./link.tsx";
import { Spinner } from "./spinner.tsx";

export interface IconButtonProps {
  /** Its tooltip, and with `of` its accessible name: "Edit", "Edit Jane Doe". */
  label: string;
  of?: string | undefined;
  icon: ReactNode;
  danger?: boolean | undefined;
  pending?: boolean | undefined;
  disabledReason?: string | undefined;
  /** Where it goes; otherwise give `onClick`. */
  href?: string | undefined;
  onClick?: (() => void) | undefined;
  type?: "button" | "submit";
}

const base =
  "inline-grid size-7 shrink-0 place-items-center rounded-md transition-colors pointer-coarse:size-10 [&_svg]:size-4";

/** A square button with an icon; the label shows as a tooltip. */
export function IconButton(props: IconButtonProps) {
  const { label, of, icon, danger, pending, disabledReason, href, onClick, type = "button" } = props;
  const name = of ? `${label} ${of}` : label;
  if (disabledReason) {
    return (
      <DisabledButton
        aria-label={name}
        reason={disabledReason}
        className={`${base} cursor-not-allowed text-mute opacity-50`}
      >
        {icon}
      </DisabledButton>
    );
  }
  const look = {
    "aria-label": name,
    "data-tooltip": label,
    className: classNames(
      base,
      danger
        ? "text-soft hover:bg-high-wash hover:text-high"
        : "text-soft hover:bg-hover hover:text-ink active:bg-pressed",
    ),
  };
  if (href) {
    return (
      <Link href={href} scroll={false} {...look}>
        {icon}
      </Link>
    );
  }
  return (
    <button
      {...look}
      type={pending ? "button" : type}
      aria-disabled={pending || undefined}
      onClick={pending ? undefined : onClick}
    >
      {pending ? <Spinner /> : icon}
    </button>
  );
}
