import { ChevronLeft, Plus } from "lucide-react";
import type { Metadata } from "next";
import { SsoTabs } from "#app/(console)/settings/sso/sso-tabs.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Link } from "#components/ui/link.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { listProvisioningTokens } from "#lib/scim/index.ts";
import { pageHref, type SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { CreateTokenDialog } from "./create-token-dialog.tsx";
import { RevokeTokenDialog } from "./revoke-token-dialog.tsx";
import { ScimAddress } from "./scim-address.tsx";
import { TokensList } from "./tokens-list.tsx";

export const metadata: Metadata = { title: "Provisioning" };

const path = "/settings/sso/provisioning";

export default async function ProvisioningPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const { tokens, base, createWhy, revokeWhy, ...rules } = await read(listProvisioningTokens, {});
  const href = (changes: Record<string, string>) =>
    pageHref(path, params, { create: undefined, revoke: undefined, ...changes });
  const create = <CreateButton href={href({ create: "" })} why={createWhy} />;
  return (
    <>
      <SsoTabs />
      <PageHeader
        before={
          <Link
            href="/settings/sso"
            className="mb-1 inline-flex min-h-6 items-center gap-1 text-sm text-soft hover:text-ink hover:underline"
          >
            <ChevronLeft aria-hidden className="size-4" />
            Single sign-on
          </Link>
        }
        title="Provisioning"
        description="Your identity provider adds, changes and switches off people here by itself, and says who is in which group (SCIM 2.0)."
        actions={tokens.length > 0 && create}
      />
      <ScimAddress base={base} />
      <section aria-labelledby="tokens" className="mt-8 max-w-3xl">
        <h2 id="tokens" className="text-base font-semibold">
          Tokens
        </h2>
        <p className="mb-4 text-sm text-soft">
          Whoever has a token may do what it says. It is shown once, when it is created.
        </p>
        {tokens.length === 0 ? (
          <EmptyState kind="nothing-yet" title="No tokens yet" action={create}>
            Create one, and paste it at the provider together with the address above.
          </EmptyState>
        ) : (
          <TokensList tokens={tokens} revokeWhy={revokeWhy} revokeHref={(id) => href({ revoke: id })} />
        )}
      </section>
      {params.create !== undefined && (
        <CreateTokenDialog {...rules} createWhy={createWhy} closeHref={href({})} />
      )}
      {typeof params.revoke === "string" && (
        <RevokeTokenDialog
          token={tokens.find(({ id }) => id === params.revoke)}
          why={revokeWhy}
          closeHref={href({})}
        />
      )}
    </>
  );
}

function CreateButton({ href, why }: { href: string; why: string | undefined }) {
  const icon = <Plus aria-hidden className="size-4" />;
  if (why)
    return (
      <Button icon={icon} disabledReason={why}>
        Create token
      </Button>
    );
  return (
    <LinkButton href={href} variant="primary" icon={icon} scroll={false}>
      Create token
    </LinkButton>
  );
}
