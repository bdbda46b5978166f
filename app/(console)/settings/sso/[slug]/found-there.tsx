import { Notice } from "#components/ui/notice.tsx";
import { checkProvider, type ProviderView } from "#lib/sso/index.ts";
import { read } from "#lib/web/read.ts";
import { Section } from "./section.tsx";

/** What the provider says about itself at this moment. */
export async function FoundThere({ slug }: Pick<ProviderView, "slug">) {
  const { found, problem } = await read(checkProvider, { slug });
  if (!found && !problem) return null;
  return (
    <Section id="found" title="What the provider says about itself">
      {problem && (
        <Notice kind="danger" title="It could not be asked">
          {problem}
        </Notice>
      )}
      {found && (
        <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
          <Line term="Issuer" mono={found.issuer} />
          <Line term="Sign-in" mono={found.authorizationEndpoint} />
          <Line term="Tokens" mono={found.tokenEndpoint} />
          <Line
            term="User info"
            mono={found.userinfoEndpoint}
            none="It has none: claims come in the ID token."
          />
          <Line
            term="PKCE"
            text={
              found.pkce === undefined
                ? "It does not say; it is used all the same."
                : found.pkce
                  ? "Yes, S256"
                  : "It does not list S256."
            }
          />
          <Line
            term="Signing out there"
            text={[
              found.endSessionEndpoint ? "Yes, from here" : "Not from here",
              found.backChannelLogout
                ? "and it tells us when a session ends"
                : "and it does not tell us when a session ends",
            ].join(", ")}
          />
          <Line term="Scopes" mono={found.scopes?.join(" ")} none="It lists none." />
          <Line
            term="Claims"
            mono={found.claims?.join(" ")}
            none="It lists none: a test sign-in shows them."
          />
        </dl>
      )}
    </Section>
  );
}

function Line(props: { term: string; mono?: string | undefined; text?: string; none?: string }) {
  return (
    <div className="grid gap-x-6 sm:col-span-2 sm:grid-cols-subgrid">
      <dt className="text-soft">{props.term}</dt>
      <dd className="min-w-0 wrap-anywhere">
        {props.mono ? <span className="font-mono text-xs">{props.mono}</span> : (props.text ?? props.none)}
      </dd>
    </div>
  );
}
