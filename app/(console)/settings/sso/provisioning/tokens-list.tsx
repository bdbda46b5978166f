import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { StatusWord } from "#components/ui/status-word.tsx";
import type { ProvisioningToken } from "#lib/scim/index.ts";
import { tokenScopes } from "#lib/scim/schema.ts";

interface Props {
  tokens: readonly ProvisioningToken[];
  revokeWhy: string | undefined;
  revokeHref: (id: string) => string;
}

/** Those that work first. What has ended stays to be looked at. */
export function TokensList({ tokens, revokeWhy, revokeHref }: Props) {
  return (
    <ul aria-label="Provisioning tokens" className="flex flex-col gap-2">
      {tokens.map((token) => (
        <li
          key={token.id}
          className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line-strong px-4 py-3"
        >
          <div className="min-w-0 grow basis-80">
            <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <span className="font-medium wrap-anywhere">{token.name}</span>
              <State state={token.state} />
            </p>
            <p className="mt-1 flex flex-wrap gap-1">
              {tokenScopes
                .filter(({ key }) => token.scopes.includes(key))
                .map(({ key, label }) => (
                  <Badge key={key} tone={key === "administrators" ? "elevated" : "neutral"}>
                    {label}
                  </Badge>
                ))}
            </p>
            <p className="mt-1.5 text-xs wrap-anywhere text-mute">
              {token.provider ? `For ${token.provider}. ` : "For no provider: groups make no roles. "}
              Created <RelativeTime at={token.createdAt} as="date" focusable={false} />
              {token.createdBy && ` by ${token.createdBy}`}.{" "}
              {token.lastUsedAt ? (
                <>
                  Last used <RelativeTime at={token.lastUsedAt} />.
                </>
              ) : (
                "Never used."
              )}{" "}
              <Ends token={token} />
            </p>
          </div>
          {(token.state === "live" || token.state === "ending") && (
            <Revoke name={token.name} why={revokeWhy} href={revokeHref(token.id)} />
          )}
        </li>
      ))}
    </ul>
  );
}

const states = {
  live: ["low", "Works", false],
  ending: ["elevated", "Runs out soon", false],
  expired: ["high", "Run out", true],
  revoked: ["neutral", "Revoked", true],
} as const;

function State({ state }: { state: ProvisioningToken["state"] }) {
  const [tone, word, hollow] = states[state];
  return (
    <span className="text-sm">
      <StatusWord tone={tone} hollow={hollow}>
        {word}
      </StatusWord>
    </span>
  );
}

function Ends({ token: { expiresAt, revokedAt, state } }: { token: ProvisioningToken }) {
  const at = <RelativeTime at={revokedAt ?? expiresAt} as="date" focusable={false} />;
  if (revokedAt) return <>Revoked {at}.</>;
  return state === "expired" ? (
    <>Ran out {at}: nothing comes from the provider any more.</>
  ) : (
    <>Works until {at}.</>
  );
}

function Revoke({ name, why, href }: { name: string; why: string | undefined; href: string }) {
  if (why)
    return (
      <Button disabledReason={why} aria-label={`Revoke ${name}`}>
        Revoke
      </Button>
    );
  return (
    <LinkButton href={href} scroll={false} aria-label={`Revoke ${name}`}>
      Revoke
    </LinkButton>
  );
}
