import { KeyRound } from "lucide-react";
import { PasskeyForm } from "#components/form/passkey-form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { askOwnPasskeyForm, secondFactorForm } from "./actions.ts";
import { RememberField } from "./remember-field.tsx";

export function OwnPasskeyForm({ next, days }: { next: string; days: number }) {
  return (
    <PasskeyForm ceremony="show" ask={askOwnPasskeyForm} action={secondFactorForm}>
      <input type="hidden" name="next" value={next} />
      <RememberField days={days} />
      <SubmitButton icon={<KeyRound aria-hidden className="size-4" />}>Use a passkey</SubmitButton>
    </PasskeyForm>
  );
}
