import {
  Building2,
  Grid3x3,
  HandHelping,
  KeyRound,
  MonitorSmartphone,
  ShieldCheck,
  Tags,
  UserRound,
  Users,
} from "lucide-react";
import type { NavItem } from "#components/shell/nav-links.tsx";
import { Badge } from "#components/ui/badge.tsx";
import type { Capability } from "#lib/access/index.ts";
import { can, reachOf, type UserActor } from "#lib/kernel/actor.ts";

interface Place extends NavItem {
  needs?: Capability;
  /** Also for whoever holds that within limits. */
  evenLimited?: boolean;
  /** Only where the catalogue has a list that is managed here. */
  forLists?: boolean;
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
    label: "Access Requests",
    icon: <HandHelping aria-hidden />,
    section: "User Management",
    needs: "manageUsers",
  },
  {
    href: "/settings/organizations",
    label: "Organizations",
    icon: <Building2 aria-hidden />,
    section: "User Management",
    needs: "manageOrganizations",
    evenLimited: true,
  },
  {
    href: "/settings/attributes",
    label: "Managed Lists",
    icon: <Tags aria-hidden />,
    section: "User Management",
    needs: "manageOrganizations",
    forLists: true,
  },
  {
    href: "/settings/security",
    label: "Security",
    icon: <ShieldCheck aria-hidden />,
    section: "Settings",
    needs: "viewSettings",
  },
  {
    href: "/settings/sso",
    label: "Single sign-on",
    icon: <KeyRound aria-hidden />,
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
  const managesLists = actor.access.catalogue.attributes.some(({ kind }) => kind === "managed");
  return places
    .filter(
      ({ needs, evenLimited }) =>
        !needs || can(actor, needs, at) || (evenLimited && reachOf(actor, needs, at).length > 0),
    )
    .filter(({ forLists }) => !forLists || managesLists)
    .map(({ href, label, icon, section }) => ({
      href,
      label,
      icon,
      badge: badgeOf(waiting[href] ?? 0),
      ...(section && { section }),
    }));
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
