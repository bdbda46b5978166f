import { Lock } from "lucide-react";
import type { ProviderView } from "#lib/sso/index.ts";

/** Rules of the environment: they come first, and nobody changes them here. */
export function FixedRules({ provider }: { provider: ProviderView }) {
  const { fixedRules, overruled, roles } = provider;
  if (fixedRules.length === 0) return null;
  const labelOf = (key: string) => roles.find((role) => role.key === key)?.label ?? key;
  return (
    <>
      <ol aria-label="Rules of the environment" className="mb-3 grid gap-2">
        {fixedRules.map(({ claim, value, role, variable }, index) => (
          <li
            key={variable}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-sunken px-3 py-2 text-sm text-soft"
          >
            <span className="w-6 text-xs tabular-nums">{index + 1}.</span>
            <span className="min-w-0 grow basis-48 wrap-anywhere">
              <code className="font-mono text-xs">
                {claim} = {value}
              </code>{" "}
              gives <span className="font-medium text-ink">{labelOf(role)}</span>
            </span>
            <span className="inline-flex items-center gap-1 text-xs">
              <Lock aria-hidden className="size-3" />
              from {variable}
            </span>
          </li>
        ))}
      </ol>
      {overruled.length > 0 && (
        <p className="mb-3 text-sm text-soft">
          {overruled.length === 1 ? "One rule is" : `${overruled.length} rules are`} kept here that do not
          count, because the environment speaks for their roles:{" "}
          {overruled.map(({ claim, value }) => `${claim} = ${value}`).join("; ")}.
        </p>
      )}
    </>
  );
}
