import type { Metadata } from "next";
import { Section } from "#app/(console)/settings/sso/[slug]/section.tsx";
import { SyncWarnings } from "#app/(console)/settings/sync-banner.tsx";
import { can } from "#lib/kernel/actor.ts";
import { viewDryRun, viewProvider, viewSyncOfUsers } from "#lib/sso/index.ts";
import { viewDryRunSchema } from "#lib/sso/schema.ts";
import { pageHref, type SearchProps } from "#lib/web/page-href.ts";
import { pageQuery } from "#lib/web/page-query.ts";
import { read } from "#lib/web/read.ts";
import { currentCall } from "#lib/web/session.ts";
import { DryRun } from "./dry-run.tsx";
import { SwitchSync } from "./switch-sync.tsx";

export const metadata: Metadata = { title: "Role sync" };

interface Props extends SearchProps {
  params: Promise<{ slug: string }>;
}

export default async function RoleSyncPage({ params, searchParams }: Props) {
  const [{ slug }, query] = await Promise.all([params, searchParams]);
  const provider = await read(viewProvider, { slug });
  const { actor, at } = await currentCall("page");
  const asked = pageQuery(viewDryRunSchema, { ...query, slug });
  const run = can(actor, "manageSettings", at.getTime()) ? await read(viewDryRun, asked) : undefined;
  const href = (changes: Record<string, string | undefined>) =>
    pageHref(`/settings/sso/${slug}/sync`, query, { after: undefined, ...changes });
  const counts = provider.enabled && provider.syncRoles && can(actor, "viewUsers", at.getTime());
  const sync = counts ? await read(viewSyncOfUsers, {}) : undefined;
  return (
    <>
      {sync && (
        <div className="mb-6 grid max-w-3xl gap-3 empty:hidden">
          <SyncWarnings kept={sync.kept} unread={sync.unread} />
        </div>
      )}
      {run && (
        <Section
          id="dry-run"
          first
          title="What it would do"
          description="Everybody who has come through this provider, by the claims of their latest sign-in and the rules as they are saved. Nothing changes by looking."
        >
          <DryRun run={run} show={asked.show} href={href} />
        </Section>
      )}
      <SwitchSync provider={provider} />
    </>
  );
}
