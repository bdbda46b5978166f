import { ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import { addProviderForm } from "#app/(console)/settings/sso/actions.ts";
import { CheckboxField } from "#components/form/checkbox-field.tsx";
import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Link } from "#components/ui/link.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { tabClass, tabListClass } from "#components/ui/tab-class.ts";
import { listProviders } from "#lib/sso/index.ts";
import type { SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";

export const metadata: Metadata = { title: "Add provider" };

const kinds = [
  { kind: "oidc", label: "OpenID Connect", href: "/settings/sso/new" },
  { kind: "saml", label: "SAML 2.0", href: "/settings/sso/new?kind=saml" },
] as const;

export default async function NewProviderPage({ searchParams }: SearchProps) {
  const { why } = await read(listProviders, {});
  const kind = (await searchParams).kind === "saml" ? "saml" : "oidc";
  return (
    <>
      <PageHeader
        before={<Back />}
        title="Add provider"
        description="It starts switched off: nothing changes for anybody until you switch it on."
      />
      {why && (
        <Notice kind="info" className="mb-5 max-w-2xl">
          {why}
        </Notice>
      )}
      <nav aria-label="Kind of provider" className={`${tabListClass} mb-5 max-w-2xl`}>
        {kinds.map((one) => (
          <Link
            key={one.kind}
            href={one.href}
            aria-current={one.kind === kind ? "page" : undefined}
            className={tabClass}
          >
            {one.label}
          </Link>
        ))}
      </nav>
      <Form key={kind} action={addProviderForm} className="max-w-2xl" aria-label="Add provider">
        <input type="hidden" name="kind" value={kind} />
        <fieldset disabled={why !== undefined} className="flex min-w-0 flex-col gap-4">
          <TextField
            name="label"
            label="Name"
            description="As your people call it, such as Acme ID or Okta."
            autoComplete="off"
            maxLength={60}
            required
          />
          {kind === "oidc" && <IssuerFields />}
          <TextField
            name="slug"
            label="Short name"
            description="Part of the addresses that the provider gets, and never changed afterwards. Made of the name when you leave it empty."
            autoComplete="off"
            spellCheck={false}
            maxLength={40}
          />
        </fieldset>
        {kind === "saml" && (
          <p className="text-sm text-soft">
            Next comes the page with our metadata for the provider, and a place for the provider's.
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <SubmitButton disabledReason={why}>
            {kind === "oidc" ? "Look it up and add it" : "Add provider"}
          </SubmitButton>
          <LinkButton href="/settings/sso">Cancel</LinkButton>
        </div>
      </Form>
    </>
  );
}

function IssuerFields() {
  return (
    <>
      <TextField
        name="issuer"
        label="Issuer"
        type="url"
        description="The provider's own name for itself, such as https://login.example.com/realms/acme. The address of its openid-configuration will do."
        autoComplete="off"
        spellCheck={false}
        required
      />
      <CheckboxField
        name="plainHttp"
        label="Allow plain http"
        description="For a trial on one machine. Whoever can read the network could sign in as anybody."
      />
    </>
  );
}

function Back() {
  return (
    <Link
      href="/settings/sso"
      className="mb-1 inline-flex min-h-6 items-center gap-1 text-sm text-soft hover:text-ink hover:underline"
    >
      <ChevronLeft aria-hidden className="size-4" />
      Single sign-on
    </Link>
  );
}
