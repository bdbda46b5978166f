/** The views of one's own account, in this order. */
export const accountTabs = [
  { href: "/account", label: "Your access" },
  { href: "/account/access", label: "Roles and requests" },
  { href: "/account/profile", label: "Profile" },
  { href: "/account/password", label: "Password" },
  { href: "/account/second-factor", label: "Second factor" },
  { href: "/account/connections", label: "Connected accounts" },
  { href: "/account/sessions", label: "Sessions" },
];
