import type { Metadata } from "next";
import { Section } from "#app/(console)/settings/sso/[slug]/section.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { can } from "#lib/kernel/actor.ts";
import { type ProviderView, type TestView, viewProvider, viewTest } from "#lib/sso/index.ts";
import { read } from "#lib/web/read.ts";
import { currentCall } from "#lib/web/session.ts";
import { ClaimsTable } from "./claims-table.tsx";
import { StartTest } from "./start-test.tsx";

export const metadata: Metadata = { title: "Test sign-in" };

interface Props {
  params: Promise<{ slug: string }>;
}

export default async function TestPage({ params }: Props) {
  const { slug } = await params;
  const provider = await read(viewProvider, { slug });
  const { actor, at } = await currentCall("page");
  const mayChange = can(actor, "manageSettings", at.getTime());
  const { test } = mayChange ? await read(viewTest, { slug }) : { test: undefined };
  const [missing] = Object.values(provider.lacks);
  return (
    <>
      <Section
        id="test"
        first
        title="Test sign-in"
        description="The whole way to the provider and back, with every check of a real sign-in. At its end nobody is signed in: you see what the provider says. It works while the provider is off."
      >
        <StartTest
          slug={slug}
          label={provider.label}
          again={test !== undefined}
          why={provider.why ?? (missing && `Save the settings first. ${missing}`)}
        />
      </Section>
      {test && <Result test={test} provider={provider} />}
    </>
  );
}

const addressWords = {
  unverified: {
    title: "The address is not verified",
    text: "The provider says that it has not verified the address, so no account here is found by it.",
  },
  silent: {
    title: "Nobody says whether the address is verified",
    text: "The provider sends no email_verified, so no account here is found by the address. Let it send that claim, or see under Set-up what trusting such addresses would mean.",
  },
  none: {
    title: "No address came",
    text: "Without one nobody is found here, and no account is made. Ask for the scope email, or let the provider send the claim.",
  },
};

/** The same of SAML, which has no word for a verified address. */
const samlAddressWords = {
  ...addressWords,
  silent: {
    title: "SAML does not say whether an address is verified",
    text: "So no account here is found by the address, and none is made, unless you trust this provider's addresses: see under Set-up what that would mean.",
  },
  none: {
    title: "No address came",
    text: "Without one nobody is found here, and no account is made. Let the provider send an attribute with it, and name that attribute under Set-up if it is not found.",
  },
};

function Result({ test, provider }: { test: TestView; provider: ProviderView }) {
  const { failure, reason, unread, address, claims, at } = test;
  const saml = provider.kind === "saml";
  const words = saml ? samlAddressWords : addressWords;
  if (failure)
    return (
      <Section id="result" title="It did not work">
        <Notice kind="danger" reason={reason}>
          {failure}
        </Notice>
        <p className="mt-3 text-sm text-soft">
          <RelativeTime at={at} />. Where the provider itself shows an error about{" "}
          {saml ? "who is asking" : "the redirect URI"}, it knows another one than this:{" "}
          <code className="font-mono text-xs">{provider.addresses[0]?.value}</code>
        </p>
      </Section>
    );
  return (
    <Section
      id="result"
      title="What the provider says"
      description={
        <>
          <RelativeTime at={at} />, for you alone to see, for half an hour. Press a value to make a rule of
          it.
        </>
      }
    >
      <div className="mb-3 grid gap-2">
        <Notice kind="success">
          The sign-in worked: signature, issuer, audience, {saml ? "recipient" : "nonce"} and times are right.
        </Notice>
        {unread === "userinfo_failed" && (
          <Notice kind="warning" title="User info did not answer">
            Some claims may be missing. At a real sign-in roles would stay as they are.
          </Notice>
        )}
        {address !== "verified" && (
          <Notice kind="warning" title={words[address].title}>
            {words[address].text}
          </Notice>
        )}
      </div>
      <ClaimsTable claims={claims} slug={provider.slug} />
    </Section>
  );
}
