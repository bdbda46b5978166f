import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "#components/shell/auth-card.tsx";
import { readSignedOut } from "#lib/web/signed-out.ts";

export const metadata: Metadata = { title: "Signing out" };

/** Leads to the provider without scripts: a form of ours may not send anybody to another site, a page may. */
export default async function ContinuePage() {
  const signedOut = await readSignedOut();
  if (!signedOut?.to) redirect("/sign-in");
  const { to, label } = signedOut;
  return (
    <AuthCard title="Signing out">
      <meta httpEquiv="refresh" content={`0;url=${to}`} />
      <p className="mb-3 text-soft">You are signed out here.</p>
      <a href={to} className="font-medium text-accent underline underline-offset-2">
        Sign out of {label} too
      </a>
    </AuthCard>
  );
}
