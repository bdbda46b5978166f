import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "#components/shell/auth-card.tsx";
import { leavingTo } from "#lib/web/leave-for-provider.ts";
import type { SearchProps } from "#lib/web/page-href.ts";

export const metadata: Metadata = { title: "Signing in" };

/** Leads to the provider without scripts: a form of ours may not send anybody to another site, a page may. */
export default async function ContinuePage({ searchParams }: SearchProps) {
  const { provider } = await searchParams;
  const to = typeof provider === "string" ? await leavingTo(provider) : undefined;
  if (!to) redirect("/sign-in?problem=journey_lost");
  return (
    <AuthCard title="Signing in">
      <meta httpEquiv="refresh" content={`0;url=${to}`} />
      <a href={to} className="font-medium text-accent underline underline-offset-2">
        Continue to your identity provider
      </a>
    </AuthCard>
  );
}
