import { Container, RefreshCw } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { StatusWord } from "#components/ui/status-word.tsx";

/** What a provider is and how it stands, in words beside its name. */
export function ProviderBadges(props: {
  provider: {
    kind: "oidc" | "saml";
    enabled: boolean;
    syncRoles: boolean;
    complete: boolean;
    variables: readonly string[];
  };
}) {
  const { kind, enabled, syncRoles, complete, variables } = props.provider;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <State enabled={enabled} complete={complete} />
      <Badge>{kind === "saml" ? "SAML 2.0" : "OpenID Connect"}</Badge>
      {syncRoles && (
        <Badge tone={enabled ? "accent" : "neutral"} icon={<RefreshCw aria-hidden />}>
          Role sync
        </Badge>
      )}
      {variables.length > 0 && (
        <Badge tone="medium" icon={<Container aria-hidden />}>
          From the environment
        </Badge>
      )}
    </span>
  );
}

function State({ enabled, complete }: { enabled: boolean; complete: boolean }) {
  if (!complete)
    return (
      <StatusWord tone={enabled ? "high" : "elevated"}>{enabled ? "Incomplete" : "Being set up"}</StatusWord>
    );
  return enabled ? (
    <StatusWord tone="low">On</StatusWord>
  ) : (
    <StatusWord tone="neutral" hollow>
      Off
    </StatusWord>
  );
}
