import type { Metadata } from "next";
import { can } from "#lib/kernel/actor.ts";
import { type ProviderView, viewProvider, viewTest } from "#lib/sso/index.ts";
import { pageHref, type SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { currentCall } from "#lib/web/session.ts";
import { Addresses } from "./addresses.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import { DeleteSection } from "./delete-section.tsx";
import { FoundThere } from "./found-there.tsx";
import { OidcFields } from "./oidc-fields.tsx";
import { PeopleFields } from "./people-fields.tsx";
import { ProviderForm } from "./provider-form.tsx";
import { SamlFields } from "./saml-fields.tsx";
import { Section } from "./section.tsx";
import { Steps } from "./steps.tsx";
import { SwitchOffDialog } from "./switch-off-dialog.tsx";
import { SwitchSection } from "./switch-section.tsx";
import { Unverified } from "./unverified.tsx";

export const metadata: Metadata = { title: "Identity provider" };

interface Props extends SearchProps {
  params: Promise<{ slug: string }>;
}

export default async function ProviderPage({ params, searchParams }: Props) {
  const [{ slug }, query] = await Promise.all([params, searchParams]);
  const provider = await read(viewProvider, { slug });
  const { actor, at } = await currentCall("page");
  const mayChange = can(actor, "manageSettings", at.getTime());
  const { test } = mayChange ? await read(viewTest, { slug }) : {};
  const path = `/settings/sso/${slug}`;
  const href = (changes: Record<string, string | undefined>) =>
    pageHref(path, query, { delete: undefined, off: undefined, ...changes });
  return (
    <>
      <Steps provider={provider} tested={test !== undefined && test.failure === undefined} path={path} />
      <Addresses provider={provider} />
      {mayChange && provider.kind === "oidc" && (!provider.enabled || query.check !== undefined) && (
        <FoundThere slug={slug} />
      )}
      <Settings provider={provider} />
      {can(actor, "viewUsers", at.getTime()) && <Unverified provider={provider} />}
      <SwitchSection provider={provider} offHref={href({ off: "" })} />
      <DeleteSection provider={provider} deleteHref={href({ delete: "" })} />
      {mayChange && query.off !== undefined && provider.enabled && (
        <SwitchOffDialog provider={provider} closeHref={href({})} />
      )}
      {mayChange && query.delete !== undefined && <DeleteDialog provider={provider} closeHref={href({})} />}
    </>
  );
}

function Settings({ provider }: { provider: ProviderView }) {
  const isSaid = Object.keys(provider.fixed).length > 0;
  return (
    <Section
      id="settings"
      title="Settings"
      description={isSaid && "What the environment says is shown here, with its variable, and changed there."}
    >
      <ProviderForm provider={provider}>
        {provider.kind === "oidc" ? <OidcFields provider={provider} /> : <SamlFields provider={provider} />}
        <h3 className="mt-3 text-sm font-semibold">Who comes in</h3>
        <PeopleFields provider={provider} />
      </ProviderForm>
    </Section>
  );
}
