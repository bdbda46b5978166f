import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { ProviderBadges } from "#app/(console)/settings/sso/provider-badges.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { TabLinks } from "#components/ui/tab-links.tsx";
import { viewProvider } from "#lib/sso/index.ts";
import { read } from "#lib/web/read.ts";

interface Props {
  params: Promise<{ slug: string }>;
  children: ReactNode;
}

/** What every page about a provider begins with: its name, how it stands, and the way through its parts. */
export default async function ProviderLayout({ params, children }: Props) {
  const { slug } = await params;
  const provider = await read(viewProvider, { slug });
  const variables = [
    ...Object.values(provider.fixed),
    ...provider.fixedRules.map(({ variable }) => variable),
  ];
  const path = `/settings/sso/${slug}`;
  const tabs = [
    { href: path, label: "Set-up" },
    { href: `${path}/test`, label: "Test sign-in" },
    { href: `${path}/rules`, label: "Rules" },
    { href: `${path}/sync`, label: "Role sync" },
  ];
  return (
    <>
      <PageHeader
        before={
          <Link
            href="/settings/sso"
            className="mb-1 inline-flex min-h-6 items-center gap-1 text-sm text-soft hover:text-ink hover:underline"
          >
            <ChevronLeft aria-hidden className="size-4" />
            Single sign-on
          </Link>
        }
        title={provider.label}
        description={
          <ProviderBadges
            provider={{ ...provider, variables, complete: Object.keys(provider.lacks).length === 0 }}
          />
        }
      />
      {provider.why && (
        <Notice kind="info" className="mb-5 max-w-3xl">
          {provider.why}
        </Notice>
      )}
      <div className="mb-6">
        <TabLinks label={provider.label} tabs={tabs} />
      </div>
      {children}
    </>
  );
}
