import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { listProviders } from "#lib/sso/index.ts";
import { read } from "#lib/web/read.ts";
import { LocalSignIn } from "./local-sign-in.tsx";
import { NothingYet } from "./nothing-yet.tsx";
import { ProviderList } from "./provider-list.tsx";
import { SsoTabs } from "./sso-tabs.tsx";

export const metadata: Metadata = { title: "Single sign-on" };

export default async function SingleSignOnPage() {
  const { providers, signOn, why } = await read(listProviders, {});
  const none = providers.length === 0;
  return (
    <>
      <SsoTabs />
      <PageHeader
        title="Single sign-on"
        description="People sign in with the account that they have at your identity provider, and its groups can decide their roles."
        actions={!none && <Add why={why} />}
      />
      {why && (
        <Notice kind="info" className="mb-5 max-w-3xl">
          {why}
        </Notice>
      )}
      {none ? <NothingYet add={<Add why={why} />} /> : <ProviderList providers={providers} why={why} />}
      <LocalSignIn signOn={signOn} providers={providers} why={why} />
    </>
  );
}

function Add({ why }: { why: string | undefined }) {
  const icon = <Plus aria-hidden className="size-4" />;
  if (why)
    return (
      <Button icon={icon} disabledReason={why}>
        Add provider
      </Button>
    );
  return (
    <LinkButton href="/settings/sso/new" variant="primary" icon={icon}>
      Add provider
    </LinkButton>
  );
}
