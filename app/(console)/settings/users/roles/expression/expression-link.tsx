import { Link } from "#components/ui/link.tsx";
import { unknownWords } from "#lib/role-expressions/index.ts";
import type { getUser } from "#lib/users/index.ts";
import { currentCall } from "#lib/web/session.ts";

/** The expression that somebody's roles come from, where the catalogue has such, and the way to write one. */
export async function ExpressionLink(props: { user: Awaited<ReturnType<typeof getUser.run>>; href: string }) {
  const { user, href } = props;
  const { actor } = await currentCall("page");
  if (actor.kind !== "user" || !actor.access.catalogue.roleExpressions) return null;
  return (
    <div className="-mt-2 flex flex-col gap-1 text-xs text-mute">
      {user.roleExpression !== null && (
        <p>
          From the expression <code className="font-mono break-all text-ink">{user.roleExpression}</code>
        </p>
      )}
      {user.unknownEntries.length > 0 && (
        <p className="font-medium text-high">No rights: unknown {unknownWords(user.unknownEntries)}.</p>
      )}
      <p>
        <Link href={href} scroll={false} className="underline underline-offset-2">
          Roles as an expression
        </Link>
      </p>
    </div>
  );
}
