import { Notice } from "#components/ui/notice.tsx";
import type { UserRow } from "#lib/users/index.ts";
import type { Act } from "./acts.ts";

const shown = 5;

/** Says beforehand whom of the page a rule protects from the act, by name. */
export function ProtectedNotice({ act, rows }: { act: Act; rows: readonly UserRow[] }) {
  const refused = rows.flatMap((row) => {
    const why = act.why(row);
    return why ? [{ ...row, why }] : [];
  });
  if (refused.length === 0) return null;
  return (
    <Notice
      kind="warning"
      title={refused.length === 1 ? "One of them will be refused" : `${refused.length} will be refused`}
    >
      <ul className="mt-1 space-y-1">
        {refused.slice(0, shown).map(({ id, username, why }) => (
          <li key={id}>
            <span className="font-medium">{username}</span>: {why}
          </li>
        ))}
        {refused.length > shown && <li>and {refused.length - shown} more on this page</li>}
      </ul>
    </Notice>
  );
}
