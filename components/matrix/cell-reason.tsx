import { TriangleAlert } from "lucide-react";
import { Link } from "#components/ui/link.tsx";
import type { MatrixCell, MatrixPermission, MatrixRole } from "#lib/roles/matrix-data.ts";
import { hoursInWords, reasonInWords } from "./cell-words.ts";

/** Why a role holds a permission, or why not, with everything that limits it. */
export function CellReason(props: {
  role: MatrixRole;
  permission: MatrixPermission;
  cell: MatrixCell | undefined;
  /** Why the box cannot be pressed, while the role is edited. */
  fixed: string | undefined;
  unsaved: boolean;
}) {
  const { role, permission, cell, fixed } = props;
  return (
    <>
      <p data-reason={cell?.by ?? "not_granted"}>
        {reasonInWords(role, permission, cell)}
        {props.unsaved && <span data-reason="unsaved"> This change is not saved yet.</span>}
      </p>
      {cell?.limits && (
        <div data-reason="limited">
          <p className="font-medium">Only within these limits</p>
          <ul className="list-disc pl-5 text-soft">
            {cell.limits.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      {cell && role.hours && <p className="text-soft">{hoursInWords(role.hours)}</p>}
      {/* The other reasons for a fixed box are what the first sentence says already. */}
      {fixed && !permission.grantable && <p className="text-soft">{fixed}</p>}
      {permission.withoutEffect && <p className="text-soft">{permission.withoutEffect}.</p>}
      {permission.dangerous && (
        <p className="flex gap-1.5 text-high">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          Dangerous: whoever holds it can reach far more than this.
        </p>
      )}
      <p className="border-t border-line pt-2.5 text-xs text-mute">
        {permission.description}
        <span className="mt-0.5 block font-mono text-2xs">{permission.key}</span>
      </p>
      <p className="flex flex-wrap gap-x-4">
        <Link
          href={calculatorHref(role, permission)}
          className="min-h-6 content-center font-medium text-accent hover:underline"
        >
          Open in the calculator
        </Link>
        <Link
          href={`/settings/roles/role/${encodeURIComponent(role.key)}`}
          className="min-h-6 content-center font-medium text-accent hover:underline"
        >
          All of the role {role.label}
        </Link>
      </p>
    </>
  );
}

const calculatorHref = (role: MatrixRole, permission: MatrixPermission): string =>
  `/settings/roles/tools?${new URLSearchParams({ for: "roles", role: role.key, permission: permission.key })}`;
