import { Grid3x3, HandHelping, MonitorSmartphone, ShieldCheck, UserRound, Users } from "lucide-react";
import type { NavItem } from "#components/shell/nav-links.tsx";
import { Badge } from "#components/ui/badge.tsx";
import type { Capability } from "#lib/access/index.ts";
import { can, type UserActor } from "#lib/kernel/actor.ts";

interface Place extends NavItem {
  needs?: Capability;
}

const places: readonly Place[] = [
  {
    href: "/settings/users",
    label: "Users",
    icon: <Users aria-hidden />,
    section: "User Management",
    needs: "viewUsers",
  },
  {
    href: "/settings/roles",
    label: "Roles",
    icon: <Grid3x3 aria-hidden />,
    section: "User Management",
    needs: "viewRoles",
  },
  {
    href: "/settings/access-requests",
    label: "Access requests",
    icon: <HandHelping aria-hidden />,
    section: "User Management",
    needs: "manageUsers",
  },
  {
    href: "/settings/security",
    label: "Security",
    icon: <ShieldCheck aria-hidden />,
    section: "Settings",
    needs: "viewSettings",
  },
  {
    href: "/settings/sessions",
    label: "Active Sessions",
    icon: <MonitorSmartphone aria-hidden />,
    section: "Settings",
    needs: "manageSessions",
  },
  { href: "/account", label: "Your access", icon: <UserRound aria-hidden />, section: "You" },
];

/** What the actor may open, and nothing else; the pages decide again for themselves. */
export function placesFor(actor: UserActor, at: number, waiting: Record<string, number> = {}): NavItem[] {
  return places
    .filter(({ needs }) => !needs || can(actor, needs, at))
    .map(({ needs: _, ...place }) => ({ ...place, badge: badgeOf(waiting[place.href] ?? 0) }));
}

function badgeOf(count: number) {
  if (count === 0) return undefined;
  return (
    <Badge tone="accent">
      {count}
      <span className="sr-only"> waiting</span>
    </Badge>
  );
}
