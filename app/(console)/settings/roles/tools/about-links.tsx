import { classNames } from "#components/ui/class-names.ts";
import { Link } from "#components/ui/link.tsx";
import { type About, subjects } from "./asked.ts";

const labels: Record<About, string> = { user: "A user", roles: "Roles", who: "Who can" };
const look = "inline-flex min-h-8 items-center rounded-md px-3 font-medium pointer-coarse:min-h-10";

/** What the question is about; asking about people needs a right of its own. */
export function AboutLinks(props: {
  about: About;
  peopleWhy: string | undefined;
  href: (about: About) => string;
}) {
  return (
    <nav aria-label="Ask about" className="flex w-fit gap-1 rounded-lg bg-sunken p-1">
      {subjects.map((about) =>
        props.peopleWhy && about !== "roles" ? (
          // biome-ignore lint/a11y/useValidAnchor: a placeholder link, as HTML has it for what cannot be opened
          <a
            key={about}
            role="link"
            aria-disabled="true"
            tabIndex={0}
            data-tooltip={props.peopleWhy}
            title={props.peopleWhy}
            className={classNames(look, "cursor-not-allowed text-mute")}
          >
            {labels[about]}
          </a>
        ) : (
          <Link
            key={about}
            href={props.href(about)}
            scroll={false}
            aria-current={about === props.about ? "true" : undefined}
            className={classNames(
              look,
              about === props.about ? "bg-surface text-ink shadow-float" : "text-soft hover:text-ink",
            )}
          >
            {labels[about]}
          </Link>
        ),
      )}
    </nav>
  );
}
