import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { RoleRemoval } from "#lib/roles/index.ts";
import { pageHref } from "#lib/web/page-href.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** Who is affected: their number, the first of them, and the way to all of them. */
export function HoldersNotice({ removal }: { removal: RoleRemoval }) {
  const { people, names, label } = removal;
  const more = people - names.length;
  const count = people.toLocaleString("en");
  const href = pageHref("/settings/users", {}, { role: removal.key });
  return (
    <Notice kind="warning" title={people === 1 ? `1 person holds ${label}` : `${count} people hold ${label}`}>
      {names.length > 0 && (
        <p>{list.format(more > 0 ? [...names, `${more.toLocaleString("en")} more`] : names)}</p>
      )}
      <p className="text-soft">
        Before the role can go they need another one. Whoever is moved is signed out and signs in anew.
      </p>
      {removal.mayView && (
        <Link href={href} className="inline-block py-0.5 font-medium text-accent underline">
          {people === 1 ? "See who that is" : `See all ${count} in the users list`}
        </Link>
      )}
    </Notice>
  );
}
