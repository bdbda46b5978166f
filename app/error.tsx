"use client";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { outageWords } from "#lib/web/outage-words.ts";

/** What went wrong stays in the log; the reference leads there. An outage has words instead. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  const outage = outageWords(digest);
  return (
    <main id="content" className="grid min-h-dvh place-items-center" data-reason={outage ? digest : "bug"}>
      <EmptyState
        kind="no-match"
        heading="h1"
        title={outage?.title ?? "Something went wrong"}
        action={<Button onClick={retry}>Try again</Button>}
      >
        <p>
          {outage?.text ??
            (digest
              ? "If this keeps happening, contact your administrator and include this reference."
              : "If this keeps happening, contact your administrator.")}
        </p>
        {!outage && digest && (
          <p className="mt-2">
            Reference <code className="font-mono">{digest}</code>
          </p>
        )}
      </EmptyState>
    </main>
  );
}
