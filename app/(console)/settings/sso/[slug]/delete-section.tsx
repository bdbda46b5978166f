import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { ProviderView } from "#lib/sso/index.ts";
import { Section } from "./section.tsx";

export function DeleteSection({ provider, deleteHref }: { provider: ProviderView; deleteHref: string }) {
  const variables = Object.values(provider.fixed);
  const why =
    provider.why ??
    (variables.length > 0
      ? `The environment describes it: take ${variables.join(", ")} out first.`
      : undefined);
  return (
    <Section
      id="delete"
      title="Delete this provider"
      description="Its settings and rules go, and who is who there is forgotten. Accounts and their roles stay."
    >
      {why ? (
        <Button disabledReason={why}>Delete provider</Button>
      ) : (
        <LinkButton href={deleteHref} scroll={false}>
          Delete provider
        </LinkButton>
      )}
    </Section>
  );
}
