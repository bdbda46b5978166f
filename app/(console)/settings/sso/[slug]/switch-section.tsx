import { switchProviderForm } from "#app/(console)/settings/sso/actions.ts";
import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ProviderView } from "#lib/sso/index.ts";
import { Section } from "./section.tsx";

/** Whether people may sign in through it. */
export function SwitchSection({ provider, offHref }: { provider: ProviderView; offHref: string }) {
  const { slug, version, label, enabled, lacks, fixed } = provider;
  const why = provider.why ?? (fixed.enabled ? `from ${fixed.enabled}` : undefined);
  const [missing] = Object.values(lacks);
  return (
    <Section
      id="switch"
      title={enabled ? "People can sign in through it" : "Nobody can sign in through it yet"}
      description={
        enabled
          ? `The sign-in page has a button for it. ${provider.people.toLocaleString("en")} people have come in through it so far.`
          : "Switched on, the sign-in page has a button for it. Roles stay as they are until role sync is on too."
      }
    >
      {enabled && missing && (
        <Notice kind="danger" title="It does not work" className="mb-3">
          {missing}
        </Notice>
      )}
      {/* The same form before and after, so that its answer is said. */}
      <Form action={switchProviderForm} aria-label={`Switch ${label} on or off`}>
        <input type="hidden" name="slug" value={slug} />
        <input type="hidden" name="version" value={version} />
        {!enabled && <input type="hidden" name="on" value="true" />}
        <div>
          {enabled ? (
            <SwitchOff href={offHref} why={why} />
          ) : (
            <SubmitButton disabledReason={why ?? (missing && `Save the settings first. ${missing}`)}>
              Switch on
            </SubmitButton>
          )}
        </div>
      </Form>
    </Section>
  );
}

function SwitchOff({ href, why }: { href: string; why: string | undefined }) {
  if (why) return <Button disabledReason={why}>Switch off</Button>;
  return (
    <LinkButton href={href} scroll={false}>
      Switch off
    </LinkButton>
  );
}
