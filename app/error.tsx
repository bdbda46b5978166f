"use client";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** What went wrong stays in the log; the reference leads there. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const reference = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <main id="content" className="grid min-h-dvh place-items-center">
      <EmptyState
        kind="no-match"
        heading="h1"
        title="Something went wrong"
        action={<Button onClick={retry}>Try again</Button>}
      >
        <p>If it happens again, tell whoever runs this installation.</p>
        {reference && (
          <p className="mt-2">
            Reference <code className="font-mono">{reference}</code>
          </p>
        )}
      </EmptyState>
    </main>
  );
}
