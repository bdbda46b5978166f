import { TabLinks } from "#components/ui/tab-links.tsx";

const tabs = [
  { href: "/settings/sso", label: "Providers" },
  { href: "/settings/sso/provisioning", label: "Provisioning" },
];

/** What identity providers do here: sign people in, and keep accounts up to date. */
export function SsoTabs() {
  return (
    <div className="mb-5">
      <TabLinks label="Single sign-on" tabs={tabs} />
    </div>
  );
}
