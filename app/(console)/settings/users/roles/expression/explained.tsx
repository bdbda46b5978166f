import { Ban, Check, CircleHelp } from "lucide-react";
import { Notice } from "#components/ui/notice.tsx";
import type { ExpressionPreview } from "#lib/role-expressions/index.ts";

/** Entry by entry what an expression adds, and what all of it changes for somebody. */
export function Explained({ preview, called }: { preview: ExpressionPreview; called: string }) {
  const { entries, unknown, rights, gained, lost } = preview;
  const lines = [...entries, ...unknown].sort((one, other) => one.position - other.position);
  const blocks = entries.some((entry) => entry.blocks);
  return (
    <section aria-label="What it gives" className="flex flex-col gap-3 text-sm">
      <ol className="flex flex-col divide-y divide-line rounded-lg border border-line empty:hidden">
        {lines.map((line) => (
          <li key={line.position} className="flex gap-2.5 px-3 py-2">
            {"adds" in line ? <Known line={line} /> : <Unknown line={line} />}
          </li>
        ))}
      </ol>
      <div aria-live="polite" className="flex flex-col gap-2">
        {unknown.length > 0 && (
          <Notice
            kind="danger"
            reason="unknown_entry"
            title={unknown.length === 1 ? "Unknown entry" : `${unknown.length} unknown entries`}
          >
            Saved like this, {called} has no rights at all, whatever the other entries give.
          </Notice>
        )}
        {unknown.length === 0 && blocks && (
          <Notice kind="warning" reason="blocking_role" title="No rights">
            One of the roles takes every right away, whatever the others give.
          </Notice>
        )}
        {lines.length === 0 && <p className="text-mute">Nothing yet. Name a role or a permission.</p>}
        {lines.length > 0 && (
          <p className="font-medium">
            {rights.length === 0 ? "No permissions" : permissions(rights.length)} in all: {gained.length}{" "}
            gained, {lost.length} lost
          </p>
        )}
        <Labels term="Gained" labels={gained} />
        <Labels term="Lost" labels={lost} />
      </div>
    </section>
  );
}

const kinds = { role: "Role", permission: "Permission", alias: "Short name" };
const permissions = (count: number) => (count === 1 ? "1 permission" : `${count} permissions`);

function Known({ line }: { line: ExpressionPreview["entries"][number] }) {
  const { entry, kind, adds, blocks } = line;
  const Icon = blocks ? Ban : Check;
  return (
    <>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${blocks ? "text-elevated" : "text-low"}`} />
      <div className="min-w-0">
        <p>
          <code className="font-mono font-medium break-all">{entry}</code>{" "}
          <span className="text-xs text-mute">{kinds[kind]}</span>
        </p>
        <p className="text-xs text-soft">
          {blocks && "Takes every right away."}
          {!blocks &&
            (adds.length > 0 ? `Adds ${adds.join(", ")}` : "Adds nothing that the others do not give.")}
        </p>
      </div>
    </>
  );
}

function Unknown({ line }: { line: ExpressionPreview["unknown"][number] }) {
  const { entry, position, suggestion } = line;
  return (
    <>
      <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0 text-high" />
      <div className="min-w-0">
        <p>
          {entry === "" ? (
            <span className="font-medium">Nothing between two commas</span>
          ) : (
            <code className="font-mono font-medium break-all">{entry}</code>
          )}{" "}
          <span className="text-xs font-medium text-high">Unknown, entry {position}</span>
        </p>
        {suggestion && (
          <p className="text-xs text-soft">
            Did you mean <code className="font-mono">{suggestion}</code>?
          </p>
        )}
      </div>
    </>
  );
}

function Labels({ term, labels }: { term: string; labels: readonly string[] }) {
  if (labels.length === 0) return null;
  return (
    <p className="text-xs text-soft">
      <span className="font-medium text-ink">{term}:</span> {labels.join(", ")}
    </p>
  );
}
