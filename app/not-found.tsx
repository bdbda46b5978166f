import type { Metadata } from "next";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main id="content" className="grid min-h-dvh place-items-center">
      <EmptyState
        kind="no-match"
        heading="h1"
        title="There is nothing here"
        action={<LinkButton href="/">Go to the start</LinkButton>}
      >
        The address may be mistyped, or what it led to is gone.
      </EmptyState>
    </main>
  );
}
