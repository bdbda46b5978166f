import { PasswordField } from "./password-field.tsx";

/** A password that is being chosen, with the rule that the server will hold it to. */
export function NewPasswordField({ minimum }: { minimum: number }) {
  return (
    <PasswordField
      name="password"
      label="Password"
      description={`At least ${minimum} characters; a sentence of four or five words is fine.`}
      autoComplete="new-password"
      required
    />
  );
}
