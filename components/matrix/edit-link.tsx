import { Lock, Pencil, X } from "lucide-react";
import { classNames } from "#components/ui/class-names.ts";
import { cellFocus, gridCell } from "./grid-cell.ts";
import type { RoleHeaderProps } from "./role-header.tsx";

/** The pencil: a link into the editor, a way out of it, or a lock that says why. */
export function EditLink({ role, column, active, editing, unsaved, locked }: RoleHeaderProps) {
  const target = gridCell(0, column, active);
  const label = `Edit role permissions: ${role.label}`;
  const look = classNames(
    "relative grid size-6 place-items-center rounded-md pointer-coarse:size-9 [&_svg]:size-3.5",
    cellFocus,
  );
  if (locked) {
    return (
      <button
        type="button"
        {...target}
        aria-label={label}
        aria-disabled="true"
        aria-description={locked}
        title={locked}
        className={classNames(look, "cursor-not-allowed text-mute")}
      >
        <Lock aria-hidden />
      </button>
    );
  }
  if (editing) {
    return (
      <button
        type="button"
        {...target}
        aria-label={`Leave the editor of ${role.label}`}
        title="Leave the editor (Esc)"
        className={classNames(look, "text-accent hover:bg-hover")}
      >
        <X aria-hidden />
      </button>
    );
  }
  return (
    <a
      href={`?edit=${encodeURIComponent(role.key)}`}
      {...target}
      aria-label={label}
      aria-description={unsaved ? "Has unsaved changes" : undefined}
      title={unsaved ? "Unsaved changes" : label}
      className={classNames(look, "text-soft hover:bg-hover hover:text-ink")}
    >
      <Pencil aria-hidden />
      {unsaved && (
        <span aria-hidden className="absolute top-0.5 right-0.5 size-1.5 rounded-full bg-elevated" />
      )}
    </a>
  );
}
