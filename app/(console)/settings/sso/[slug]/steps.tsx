import { Check } from "lucide-react";
import { classNames } from "#components/ui/class-names.ts";
import { Link } from "#components/ui/link.tsx";
import type { ProviderView } from "#lib/sso/index.ts";

/** How far the set-up has come, told by what is really there; each step leads to its place. */
export function Steps(props: { provider: ProviderView; tested: boolean; path: string }) {
  const { provider, tested, path } = props;
  const known = provider.people > 0;
  const steps = [
    { label: "Connect", done: Object.keys(provider.lacks).length === 0, href: `${path}#settings` },
    { label: "Test sign-in", done: tested || known, href: `${path}/test` },
    {
      label: "Write rules",
      done: provider.rules.length + provider.fixedRules.length > 0,
      href: `${path}/rules`,
    },
    { label: "Switch on", done: provider.enabled, href: `${path}#switch` },
    { label: "Sync roles", done: provider.enabled && provider.syncRoles, href: `${path}/sync` },
  ];
  const next = steps.findIndex(({ done }) => !done);
  return (
    <nav aria-label="Steps of the set-up" className="mb-8 max-w-3xl">
      <ol className="flex flex-wrap gap-2">
        {steps.map(({ label, done, href }, index) => (
          <li key={label}>
            <Link
              href={href}
              aria-current={index === next ? "step" : undefined}
              className={classNames(
                "inline-flex min-h-8 items-center gap-2 rounded-full border py-1 pr-3 pl-1.5 text-sm hover:bg-hover",
                index === next ? "border-accent font-medium" : "border-line",
              )}
            >
              <span
                aria-hidden
                className={classNames(
                  "grid size-5 place-items-center rounded-full text-2xs font-semibold",
                  done ? "bg-low-wash text-low" : "bg-sunken text-soft",
                )}
              >
                {done ? <Check className="size-3.5" /> : index + 1}
              </span>
              {label}
              {done && <span className="sr-only">, done</span>}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
