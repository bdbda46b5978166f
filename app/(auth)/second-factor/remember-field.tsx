import { CheckboxField } from "#components/form/checkbox-field.tsx";

export function RememberField({ days }: { days: number }) {
  return (
    <CheckboxField
      name="remember"
      label="Remember this device"
      description={`The password is enough here for ${days === 1 ? "a day" : `${days} days`}. Not on a computer that others use.`}
    />
  );
}
