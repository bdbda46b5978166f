import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { secondFactorForm } from "./actions.ts";
import { RememberField } from "./remember-field.tsx";

export function CodeForm({ way, next, days }: { way: "app" | "recovery-code"; next: string; days: number }) {
  return (
    <Form action={secondFactorForm}>
      <input type="hidden" name="next" value={next} />
      {way === "app" ? (
        <TextField
          name="code"
          label="Code"
          description="The six digits that your authenticator app shows now."
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
          required
        />
      ) : (
        <TextField
          name="code"
          label="Recovery code"
          description="One of those that you kept. Each works once."
          autoComplete="off"
          spellCheck={false}
          required
        />
      )}
      <RememberField days={days} />
      <SubmitButton>Sign in</SubmitButton>
    </Form>
  );
}
