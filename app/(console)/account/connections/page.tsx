import { Unplug } from "lucide-react";
import type { Metadata } from "next";
import { PageHeader } from "#components/shell/page-header.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { viewOwnIdentities } from "#lib/sso/index.ts";
import type { SearchProps } from "#lib/web/page-href.ts";
import { providerProblem } from "#lib/web/provider-problem.ts";
import { read } from "#lib/web/read.ts";
import { connectionsPath } from "#lib/web/return-path.ts";
import { disconnectIdentityForm } from "./actions.ts";
import { ConnectButtons } from "./connect-buttons.tsx";

export const metadata: Metadata = { title: "Connected accounts" };

/** Accounts at identity providers that open one's own here. */
export default async function ConnectionsPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const { connected, open } = await read(viewOwnIdentities, {});
  const problem = await providerProblem(params);
  const fresh = connected.find(({ provider }) => provider === params.connected);
  const leaving = connected.find(({ id }) => id === params.disconnect);
  return (
    <>
      <PageHeader
        title="Connected accounts"
        description="Your accounts at identity providers. Each of them signs you in here."
      />
      <div className="max-w-3xl">
        {problem && (
          <Notice kind="danger" role="alert" reason={problem.reason} className="mb-4">
            {problem.message}
          </Notice>
        )}
        {fresh && (
          <Notice kind="success" role="status" className="mb-4">
            {fresh.label} is connected: from now on it signs you in here.
          </Notice>
        )}
        {connected.length === 0 && (
          <EmptyState kind="nothing-yet" title="No connected accounts">
            {open.length > 0
              ? "Connect one, and it signs you in from then on."
              : "This console has no identity provider that you could connect."}
          </EmptyState>
        )}
        {connected.length > 0 && (
          <ul aria-label="Your connected accounts" className="divide-y divide-line border-y border-line">
            {connected.map((one) => (
              <li key={one.id} className="flex items-center gap-3 py-2">
                <div className="min-w-0 grow">
                  <p className="font-medium wrap-anywhere">
                    {one.label}
                    {one.email && <span className="ml-2 font-normal text-soft">{one.email}</span>}
                  </p>
                  <p className="text-xs text-mute">
                    Connected <RelativeTime at={one.createdAt} />
                    {one.lastSignInAt && (
                      <>
                        {" · last sign-in there "}
                        <RelativeTime at={one.lastSignInAt} />
                      </>
                    )}
                  </p>
                </div>
                <IconButton
                  label="Disconnect"
                  of={one.label}
                  icon={<Unplug aria-hidden />}
                  danger
                  href={`${connectionsPath}?disconnect=${one.id}`}
                  disabledReason={one.disconnectWhy}
                />
              </li>
            ))}
          </ul>
        )}
        <ConnectButtons open={open} />
      </div>
      {leaving && (
        <ConfirmDialog
          title={`Disconnect ${leaving.label}?`}
          confirmLabel="Disconnect"
          action={disconnectIdentityForm}
          values={{ id: leaving.id }}
          closeHref={connectionsPath}
          disabledReason={leaving.disconnectWhy}
        >
          <p>It does not sign you in here any more, and other sessions that it opened end.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
