import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { SyncedDialog } from "#app/(console)/settings/synced-dialog.tsx";
import { sourceWords } from "#components/access/source-words.ts";
import { ValidityLine } from "#components/access/validity-line.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { RoleChip } from "#components/ui/role-chip.tsx";
import type { AssignmentView } from "#lib/assignments/schema.ts";
import { viewOwnRequests } from "#lib/temporary-access/index.ts";
import type { SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { AskDialog } from "./ask-dialog.tsx";
import { DecisionNotice } from "./decision-notice.tsx";
import { OwnRequests } from "./own-requests.tsx";

export const metadata: Metadata = { title: "Your roles and requests" };

const path = "/account/access";

/** What I hold and until when, what I asked for, and a way to ask. */
export default async function OwnRequestsPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const { held, requests, roles, places, askWhy } = await read(viewOwnRequests, {});
  return (
    <>
      <PageHeader
        title="Your roles and requests"
        description="What you hold, from where and for how long. For more, for a time, ask."
        actions={
          askWhy ? (
            <Button icon={<Plus aria-hidden className="size-4" />} disabledReason={askWhy}>
              Ask for access
            </Button>
          ) : (
            <LinkButton
              href={`${path}?ask`}
              variant="primary"
              icon={<Plus aria-hidden className="size-4" />}
              scroll={false}
            >
              Ask for access
            </LinkButton>
          )
        }
      />
      <DecisionNotice requests={requests} />
      <section aria-labelledby="held" className="mb-10">
        <h2 id="held" className="mb-3 text-base font-semibold">
          What you hold
        </h2>
        {held.length === 0 && <p className="text-sm text-mute">No role now.</p>}
        <ul aria-label="Your roles" className="divide-y divide-line">
          {held.map((one) => (
            <Held key={one.id} one={one} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="requests">
        <h2 id="requests" className="mb-3 text-base font-semibold">
          Your requests
        </h2>
        <OwnRequests rows={requests} />
      </section>
      {params.ask !== undefined &&
        (askWhy ? (
          <SyncedDialog title="Nobody can ask for access now" why={askWhy} closeHref={path} />
        ) : (
          <AskDialog roles={roles} places={places} closeHref={path} />
        ))}
    </>
  );
}

function Held({ one }: { one: AssignmentView }) {
  return (
    <li className="py-2.5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <RoleChip label={one.role.label} dangerous={one.role.dangerous} />
        <ValidityLine of={one} />
      </p>
      <p className="mt-1 text-xs text-mute">
        {sourceWords(one)}
        {one.reason && `: ${one.reason}`}
      </p>
    </li>
  );
}
