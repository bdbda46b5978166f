import { CheckboxField } from "#components/form/checkbox-field.tsx";
import type { Security } from "#lib/settings/index.ts";
import { NumberField } from "./number-field.tsx";
import { SettingsSection } from "./settings-section.tsx";

const classes = [
  ["requireUppercase", "An uppercase letter"],
  ["requireLowercase", "A lowercase letter"],
  ["requireDigit", "A digit"],
  ["requireSymbol", "A symbol"],
] as const;

export function PasswordSettings({ security }: { security: Security }) {
  return (
    <SettingsSection
      id="passwords"
      title="Passwords"
      description="For every password from its next change on. Common and easily guessed ones are always refused, with the reason."
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <NumberField
          name="passwordMinimum"
          label="Minimum length in characters"
          description="8 to 64. The standard asks for 15 where the password is the only factor."
          value={security.passwordMinimum}
        />
        <NumberField
          name="passwordHistory"
          label="Former passwords that may not come back"
          description="0 to 24. The present one never may."
          value={security.passwordHistory}
        />
      </div>
      <fieldset>
        <legend className="text-sm font-medium">Every password needs</legend>
        <p className="mb-2 text-xs text-mute">
          Off by default: such rules make passwords harder to remember and hardly harder to guess.
        </p>
        <div className="grid gap-2 sm:grid-cols-2">
          {classes.map(([name, label]) => (
            <CheckboxField key={name} name={name} label={label} defaultChecked={security[name]} />
          ))}
        </div>
      </fieldset>
    </SettingsSection>
  );
}
