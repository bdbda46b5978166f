import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AuthCard } from "#components/shell/auth-card.tsx";
import { viewTicket } from "#lib/sign-in/index.ts";
import type { SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { returnPath, signInPath } from "#lib/web/return-path.ts";
import { currentCall } from "#lib/web/session.ts";
import { signInCookie } from "#lib/web/sign-in-cookies.ts";
import { CodeForm } from "./code-form.tsx";
import { OtherWays } from "./other-ways.tsx";
import { OwnPasskeyForm } from "./own-passkey-form.tsx";
import { chooseWay } from "./ways.ts";

export const metadata: Metadata = { title: "Second factor" };

/** The second step of signing in: only for whoever gave the right password a moment ago. */
export default async function SecondFactorPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const next = returnPath(params.next);
  if ((await currentCall("page")).actor.kind === "user") redirect(next);
  const step = await read(viewTicket, { ticket: await signInCookie("ticket") });
  if (!step) redirect(signInPath(next));
  const way = chooseWay(step, params.with);
  const form = { next, days: step.trustedDeviceDays };
  return (
    <AuthCard
      title="One more step"
      description={
        <>
          Signing in as <span className="font-medium text-ink">{step.username}</span>.
        </>
      }
      footer={
        <>
          Lost all of it? An administrator can reset your second factor.{" "}
          <Link href={signInPath(next)} className="font-medium text-accent underline underline-offset-2">
            Start again
          </Link>
        </>
      }
    >
      {way === "passkey" ? <OwnPasskeyForm {...form} /> : <CodeForm key={way} {...form} way={way} />}
      <OtherWays open={step} way={way} next={next} />
    </AuthCard>
  );
}
