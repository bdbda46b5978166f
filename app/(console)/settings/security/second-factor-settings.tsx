import { CheckboxGroupField } from "#components/form/choice-group.tsx";
import type { Security, SecurityView } from "#lib/settings/index.ts";
import { NumberField } from "./number-field.tsx";
import { SettingsSection } from "./settings-section.tsx";

export function SecondFactorSettings(props: { security: Security; roles: SecurityView["roles"] }) {
  const { security, roles } = props;
  return (
    <SettingsSection
      id="second-factor"
      title="Second factor"
      description="An authenticator app or a passkey, besides the password."
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <NumberField
          name="trustedDeviceDays"
          label="Trusted devices in days"
          description="1 to 365. So long a browser that somebody trusts is not asked for the second factor."
          value={security.trustedDeviceDays}
        />
      </div>
      <CheckboxGroupField
        name="secondFactorRoles"
        label="Required for holders of"
        description="Whoever has none yet is led to set one up and can do nothing else until then."
        options={roles.map(({ key, label }) => ({ value: key, label }))}
        defaultValues={security.secondFactorRoles}
      />
    </SettingsSection>
  );
}
