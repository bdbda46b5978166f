import { Section } from "#app/(console)/settings/sso/[slug]/section.tsx";
import { switchSyncForm } from "#app/(console)/settings/sso/actions.ts";
import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import type { ProviderView } from "#lib/sso/index.ts";

/** The switch that hands roles over to the provider, with what stands against it in place. */
export function SwitchSync({ provider }: { provider: ProviderView }) {
  const { slug, version, label, enabled, syncRoles, fixed, rules, fixedRules } = provider;
  const none = rules.length + fixedRules.length === 0 ? "Write a rule first." : undefined;
  const why = provider.why ?? (fixed.syncRoles ? `from ${fixed.syncRoles}` : syncRoles ? undefined : none);
  return (
    <Section id="switch-sync" title={titleOf(provider)} description={syncRoles ? on : off}>
      <Form action={switchSyncForm} aria-label="Role sync">
        <input type="hidden" name="slug" value={slug} />
        <input type="hidden" name="version" value={version} />
        {!syncRoles && <input type="hidden" name="on" value="true" />}
        {!enabled && (
          <p className="text-sm text-soft">
            {label} is off, so role sync does not count until it is switched on.
          </p>
        )}
        <div>
          <SubmitButton disabledReason={why} variant={syncRoles ? "secondary" : "primary"}>
            {syncRoles ? "Switch role sync off" : "Switch role sync on"}
          </SubmitButton>
        </div>
      </Form>
    </Section>
  );
}

const titleOf = ({ label, syncRoles }: ProviderView) =>
  syncRoles ? `${label} decides roles` : "Roles are managed here";

const off =
  "Switched on, each sign-in works roles out anew from the claims. Users and roles are read-only here from then on, and nobody signs up. It is refused when it would leave nobody to manage users.";
const on =
  "Each sign-in works roles out anew, and users and roles are read-only here. Switched off, everybody keeps the roles that they have, and they are managed here again.";
