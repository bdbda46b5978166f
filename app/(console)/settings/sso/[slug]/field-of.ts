import type { ProviderView } from "#lib/sso/index.ts";

/** What a field of a provider's form gets: its value, and whether the environment gives it. */
export function fieldOf({ settings, fixed }: ProviderView, name: string, description?: string) {
  const value = settings[name];
  const from = fixed[name];
  return {
    name,
    defaultValue: typeof value === "string" ? value : "",
    disabled: from !== undefined,
    description: from ? `from ${from}` : description,
  };
}

export function boxOf({ settings, fixed }: ProviderView, name: string, usual = false) {
  const value = settings[name];
  const from = fixed[name];
  return {
    name,
    defaultChecked: typeof value === "boolean" ? value : usual,
    disabledReason: from ? `from ${from}` : undefined,
  };
}
