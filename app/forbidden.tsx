import type { Metadata } from "next";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

export const metadata: Metadata = { title: "Forbidden" };

/** Says that something is not allowed, and nothing of what it is. */
export default function Forbidden() {
  return (
    <EmptyState
      kind="not-allowed"
      title="Forbidden"
      heading="h1"
      action={<LinkButton href="/account">See your access</LinkButton>}
    >
      Your roles do not let you open this page. Ask an administrator if you need it.
    </EmptyState>
  );
}
