import { Plus } from "lucide-react";
import { Link } from "#components/ui/link.tsx";
import type { ClaimRow } from "#lib/sso/index.ts";

/** Every claim that came; a value that tells something about a person leads to a rule about it. */
export function ClaimsTable({ claims, slug }: { claims: readonly ClaimRow[]; slug: string }) {
  return (
    <div className="overflow-hidden rounded-xl border border-line bg-surface">
      <table className="w-full table-fixed text-left text-sm">
        <caption className="sr-only">Claims of the test sign-in</caption>
        <thead className="border-b border-line text-xs text-soft">
          <tr>
            <th scope="col" className="w-2/5 px-4 py-2 font-medium sm:w-1/3">
              Claim
            </th>
            <th scope="col" className="px-4 py-2 font-medium">
              Value
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {claims.map(({ path, values, telling }) => (
            <tr key={path} className="align-top">
              <th scope="row" className="px-4 py-2.5 font-mono text-xs font-medium wrap-anywhere">
                {path}
              </th>
              <td className="px-4 py-2">
                {values.length === 0 && <span className="text-mute">none</span>}
                {telling ? (
                  <ul className="flex flex-wrap gap-1.5">
                    {values.map((value) => (
                      <li key={value} className="min-w-0">
                        <RuleLink slug={slug} claim={path} value={value} />
                      </li>
                    ))}
                  </ul>
                ) : (
                  <span className="font-mono text-xs wrap-anywhere text-soft">{values.join(", ")}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RuleLink({ slug, claim, value }: { slug: string; claim: string; value: string }) {
  const query = new URLSearchParams({ claim, value });
  return (
    <Link
      href={`/settings/sso/${slug}/rules?${query}`}
      aria-label={`Make a rule: ${claim} = ${value}`}
      className="inline-flex min-h-6 max-w-full items-center gap-1 rounded-full border border-line-strong px-2 py-0.5 font-mono text-xs hover:border-accent hover:bg-accent-wash hover:text-accent"
    >
      <Plus aria-hidden className="size-3 shrink-0" />
      <span className="wrap-anywhere">{value}</span>
    </Link>
  );
}
