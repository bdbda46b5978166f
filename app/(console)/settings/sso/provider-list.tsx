import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { Form } from "#components/form/form.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Link } from "#components/ui/link.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ProviderLine } from "#lib/sso/index.ts";
import { moveProviderForm } from "./actions.ts";
import { ProviderBadges } from "./provider-badges.tsx";

/** The providers in the order in which the sign-in page offers them. */
export function ProviderList({
  providers,
  why,
}: {
  providers: readonly ProviderLine[];
  why: string | undefined;
}) {
  const movable = providers.filter((one) => one.movable);
  return (
    <ul aria-label="Identity providers" className="grid max-w-3xl gap-3">
      {providers.map((provider) => (
        <li
          key={provider.slug}
          className="flex flex-wrap items-start gap-x-4 gap-y-3 rounded-xl border border-line bg-surface px-4 py-3.5"
        >
          <div className="min-w-0 grow basis-64">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Link
                href={`/settings/sso/${provider.slug}`}
                className="inline-block min-h-6 content-center font-semibold wrap-anywhere hover:underline"
              >
                {provider.label}
              </Link>
              <ProviderBadges provider={provider} />
            </p>
            <p className="mt-0.5 font-mono text-xs wrap-anywhere text-soft">
              {provider.authority ?? "No issuer yet"}
            </p>
            <p className="mt-1.5 flex flex-wrap gap-x-4 text-sm text-soft">
              <span>{counted(provider.people, "person", "people")}</span>
              <span>{counted(provider.rules, "rule", "rules")}</span>
              <span>
                {provider.lastSignInAt ? (
                  <>
                    Last sign-in <RelativeTime at={provider.lastSignInAt} />
                  </>
                ) : (
                  "Nobody has signed in yet"
                )}
              </span>
            </p>
          </div>
          {movable.length > 1 && provider.movable && (
            <div className="flex gap-1">
              <Move
                provider={provider}
                direction="up"
                icon={<ArrowUp aria-hidden />}
                why={why ?? (movable[0] === provider ? "It is the first already." : undefined)}
              />
              <Move
                provider={provider}
                direction="down"
                icon={<ArrowDown aria-hidden />}
                why={why ?? (movable.at(-1) === provider ? "It is the last already." : undefined)}
              />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

function Move(props: {
  provider: ProviderLine;
  direction: "up" | "down";
  icon: ReactNode;
  why: string | undefined;
}) {
  const { provider, direction, icon, why } = props;
  return (
    <Form action={moveProviderForm}>
      <input type="hidden" name="slug" value={provider.slug} />
      <input type="hidden" name="direction" value={direction} />
      <IconButton
        type="submit"
        label={direction === "up" ? "Move up" : "Move down"}
        of={provider.label}
        icon={icon}
        disabledReason={why}
      />
    </Form>
  );
}
