import { Menu } from "lucide-react";
import type { ReactNode } from "react";
import { type Command, CommandPalette } from "./command-palette.tsx";
import { ListenForEarlyKeys } from "./early-keys.tsx";
import { Mark } from "./mark.tsx";
import { type NavItem, NavLinks } from "./nav-links.tsx";
import { SkipLink } from "./skip-link.tsx";
import { UserMenu, type UserMenuProps } from "./user-menu.tsx";

export interface ConsoleShellProps {
  /** Of this document, for the script that listens until the others have arrived. */
  nonce: string | undefined;
  /** What the actor may open, and nothing else. */
  nav: readonly NavItem[];
  /** What the actor may do, for Ctrl/Cmd-K. */
  commands: readonly Command[];
  /** What this installation is called. */
  instance?: string | undefined;
  user: UserMenuProps["user"];
  /** A server action; the sign-out button posts to it. */
  signOut: UserMenuProps["signOut"];
  /** A line above everything, such as "demo data". */
  banner?: ReactNode;
  children: ReactNode;
}

/**
 * The frame of the console: navigation on the left, on a small screen behind a menu button, and the page.
 * The navigation is a popover that lies open on wide screens, so the button works without scripts.
 */
export function ConsoleShell(props: ConsoleShellProps) {
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[15rem_minmax(0,1fr)]">
      <ListenForEarlyKeys nonce={props.nonce} />
      <SkipLink />
      <header className="contents">
        <div className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b border-line bg-canvas px-2 md:hidden">
          <button
            type="button"
            popoverTarget="console-navigation"
            aria-label="Menu"
            className="grid size-10 place-items-center rounded-md text-soft hover:bg-hover"
          >
            <Menu aria-hidden className="size-5" />
          </button>
          <Product instance={props.instance} />
        </div>
        <div id="console-navigation" popover="auto" className="console-navigation">
          <div className="flex h-13 shrink-0 items-center px-4">
            <Product instance={props.instance} />
          </div>
          <div className="px-3 pb-3">
            <CommandPalette commands={props.commands} />
          </div>
          <NavLinks items={props.nav} within="console-navigation" />
          <UserMenu user={props.user} signOut={props.signOut} />
        </div>
      </header>
      <div className="min-w-0">
        {props.banner}
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto max-w-[96rem] has-data-wide:max-w-none px-4 py-6 outline-none sm:px-6 lg:py-8 xl:px-10"
        >
          {props.children}
        </main>
      </div>
    </div>
  );
}

function Product({ instance }: { instance: string | undefined }) {
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <Mark />
      <span className="font-semibold tracking-tight">Bailiwick</span>
      {instance && <span className="truncate text-xs text-mute">{instance}</span>}
    </div>
  );
}
