import { ChevronsUpDown, LogOut, UserRound } from "lucide-react";
import { Avatar } from "#components/ui/avatar.tsx";
import { Link } from "#components/ui/link.tsx";
import { ThemeChoice } from "./theme-choice.tsx";

export interface UserMenuProps {
  user: {
    id: string;
    name: string;
    /** "Administrator, Night shift" */
    roles: string;
    /** Own profile; left out, there is no such link. */
    href?: string;
  };
  /** A server action, given to a real form. */
  signOut: (form: FormData) => void | Promise<void>;
}

const row =
  "flex min-h-8 w-full items-center gap-2.5 rounded-md px-2 text-left text-soft hover:bg-hover hover:text-ink pointer-coarse:min-h-11";

/** Who is signed in, the colours, the way out; opens and closes without scripts. */
export function UserMenu({ user, signOut }: UserMenuProps) {
  return (
    <div className="mt-auto border-t border-line p-2">
      <button
        type="button"
        popoverTarget="user-menu"
        className="flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-hover"
      >
        <Avatar id={user.id} name={user.name} />
        <span className="min-w-0 grow">
          <span className="block truncate font-medium">{user.name}</span>
          <span className="block truncate text-xs text-mute">{user.roles}</span>
        </span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-mute" />
      </button>
      <div
        id="user-menu"
        popover="auto"
        className="fixed inset-auto bottom-16 left-2 w-56 animate-rise rounded-lg bg-raised p-2 text-sm text-ink shadow-float"
      >
        <div className="border-b border-line px-2 pb-2">
          <ThemeChoice />
        </div>
        <div className="pt-2">
          {user.href && (
            <Link href={user.href} className={row}>
              <UserRound aria-hidden className="size-4" />
              Your account
            </Link>
          )}
          <form action={signOut}>
            <button type="submit" className={row}>
              <LogOut aria-hidden className="size-4" />
              Sign out
            </button>
          </form>
        </div>
      </div>
    </div>
  );
}
