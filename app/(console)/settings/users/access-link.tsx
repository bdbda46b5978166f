import { LinkButton } from "#components/ui/link-button.tsx";
import { can } from "#lib/kernel/actor.ts";
import { currentCall } from "#lib/web/session.ts";

/** What somebody may do comes of all their roles together: the calculator knows. */
export async function AccessLink({ id }: { id: string }) {
  const { actor, at } = await currentCall("page");
  if (!can(actor, "viewRoles", at.getTime())) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 grow basis-48">
        <p className="font-medium">What they may do</p>
        <p className="text-xs text-mute">What the saved roles give together, and why.</p>
      </div>
      <LinkButton href={`/settings/roles/tools?for=user&user=${id}`}>Effective permissions</LinkButton>
    </div>
  );
}
