import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { MatrixView } from "./use-matrix-view.ts";

/** No permission is left by the search or by "Differences only": which of the two, and the way back. */
export function NothingMatches({ view }: { view: MatrixView }) {
  const clear = () => {
    view.setQuery("");
    view.setDifferences(false);
  };
  return (
    <div className="rounded-lg border border-line bg-surface">
      <EmptyState
        kind="no-match"
        title={view.query ? `No permission matches “${view.query}”` : "These roles do not differ"}
        action={<Button onClick={clear}>Show all permissions</Button>}
      >
        {view.query
          ? "The search looks at names, keys, descriptions and groups."
          : "They hold the same permissions within the same limits."}
      </EmptyState>
    </div>
  );
}
