import { CheckboxField } from "#components/form/checkbox-field.tsx";
import { ConfirmedChoice } from "#components/form/confirmed-choice.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import { TextField } from "#components/form/text-field.tsx";
import type { ProviderView } from "#lib/sso/index.ts";
import { boxOf, fieldOf } from "./field-of.ts";

/** Whom the provider lets in, and as what. */
export function PeopleFields({ provider }: { provider: ProviderView }) {
  const { roles, newUserRoles } = provider;
  const chosen = fieldOf(provider, "defaultRole", "Of whoever no rule gives a role.");
  const usual = roles.filter(({ key }) => newUserRoles.includes(key)).map(({ label }) => label);
  return (
    <>
      <TextField
        {...fieldOf(provider, "buttonText", "On the sign-in page.")}
        defaultValue={fieldOf(provider, "buttonText").defaultValue || "Login with SSO"}
        label="Button text"
        maxLength={60}
        autoComplete="off"
      />
      <CheckboxField
        {...boxOf(provider, "autoCreateUsers")}
        label="Create accounts"
        description="People whom nobody knows here yet get an account at their first sign-in. Off, somebody adds them first."
      />
      <ConfirmedChoice
        name="defaultRole"
        chosen={[chosen.defaultValue]}
        held={[chosen.defaultValue]}
        choices={roles}
        question="Yes, give whoever no rule fits the role"
      >
        <SelectField
          {...chosen}
          label="Default role"
          placeholder={usual.length > 0 ? `As new users get: ${usual.join(", ")}` : "None"}
          options={roles.map(({ key, label, why, danger }) => ({
            value: key,
            label,
            dangerous: danger !== undefined,
            disabledReason: key === chosen.defaultValue ? undefined : why && "beyond your own rights",
          }))}
        />
      </ConfirmedChoice>
      <CheckboxField
        {...boxOf(provider, "trustUnverifiedEmail")}
        label="Trust addresses that are not verified"
        description="For a provider that never says whether an address is verified. Whoever can write any address into their profile there can then come in as the person here who has it."
      />
      <CheckboxField
        {...boxOf(provider, "linkAdministrators")}
        label="Link administrators by address"
        description="Off, an administrator links their account themselves, signed in. On, a verified address alone is enough."
      />
    </>
  );
}
