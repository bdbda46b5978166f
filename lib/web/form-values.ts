import { isSecretField } from "#lib/kernel/secret-fields.ts";

/** What was typed, to be shown again. Secrets are never sent back. */
export function formValues(form: FormData): Record<string, string | string[]> {
  const sent = new Map<string, string[]>();
  for (const [name, value] of form) {
    if (isSecretField(name) || name.startsWith("$ACTION")) continue;
    const values = sent.get(name) ?? [];
    if (typeof value === "string") values.push(value);
    sent.set(name, values);
  }
  return Object.fromEntries(
    [...sent].map(([name, values]) => [name, values.length === 1 ? (values[0] as string) : values]),
  );
}
