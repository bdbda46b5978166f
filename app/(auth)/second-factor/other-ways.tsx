import Link from "next/link";
import { pageHref } from "#lib/web/page-href.ts";
import { isOpen, type Open, type Way, ways } from "./ways.ts";

const labels: Record<Way, string> = {
  app: "Use the authenticator app",
  passkey: "Use a passkey",
  "recovery-code": "Use a recovery code",
};

export function OtherWays({ open, way, next }: { open: Open; way: Way; next: string }) {
  const others = ways.filter((each) => each !== way && isOpen(open, each));
  if (others.length === 0) return null;
  return (
    <ul className="mt-4 space-y-1 border-t border-line pt-4">
      {others.map((each) => (
        <li key={each}>
          <Link
            href={pageHref("/second-factor", { next: next === "/" ? undefined : next }, { with: each })}
            className="inline-block py-0.5 font-medium text-accent underline underline-offset-2"
          >
            {labels[each]}
          </Link>
        </li>
      ))}
    </ul>
  );
}
