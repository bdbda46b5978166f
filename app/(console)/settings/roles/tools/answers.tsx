import { EmptyState } from "#components/ui/empty-state.tsx";
import { Identity } from "#components/ui/identity.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { type AccessAnswer, explainRoleAccess, type UserAccess, whoCan } from "#lib/calculator/index.ts";
import { pageHref } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { AllPermissions } from "./all-permissions.tsx";
import { AnswerFrame } from "./answer-frame.tsx";
import { type Asked, toolsPath } from "./asked.ts";
import { OneDecision } from "./one-decision.tsx";
import { SubjectCard } from "./subject-card.tsx";
import { WhoView } from "./who-view.tsx";

export function UserAnswer({ asked, access }: { asked: Asked; access: UserAccess | "gone" | undefined }) {
  if (access === "gone")
    return (
      <EmptyState kind="no-match" title="There is no such user">
        They may have been deleted. Choose somebody else.
      </EmptyState>
    );
  if (!access)
    return (
      <EmptyState kind="nothing-yet" title="Choose a user">
        What they may do, and through which roles, shows here.
      </EmptyState>
    );
  const { id, name, username, active, you } = access.user;
  return (
    <AnswerFrame at={access.at} now={!asked.circumstances.at}>
      <SubjectCard access={access}>
        <Identity id={id} name={name || username} detail={username} you={you} />
        {!active && <p className="mt-2 font-medium text-high">Deactivated: nothing it holds counts.</p>}
      </SubjectCard>
      <Findings access={access} asked={asked} />
    </AnswerFrame>
  );
}

export async function RolesAnswer({ asked, expressions }: { asked: Asked; expressions: boolean }) {
  const { roles, permission, member, circumstances } = asked;
  const expression = expressions ? asked.expression : undefined;
  if (roles.length === 0 && !expression)
    return (
      <EmptyState kind="nothing-yet" title="Choose a role">
        One, or several that nobody needs to hold yet: what they give together shows here.
      </EmptyState>
    );
  const access = await read(explainRoleAccess, { ...circumstances, roles, expression, permission, member });
  return (
    <AnswerFrame at={access.at} now={!circumstances.at}>
      {access.unknown.length > 0 && (
        <Notice kind="warning" reason="role_not_found" className="mb-4">
          There is no role {access.unknown.join(", ")}: it is left out.
        </Notice>
      )}
      {access.unknownEntries && (
        <Notice kind="warning" reason="unknown_entry" className="mb-4">
          Unknown: {access.unknownEntries}. Whoever has such an expression has no rights.
        </Notice>
      )}
      <SubjectCard access={access}>
        <p className="font-medium">Whoever holds these roles</p>
        <p className="text-xs text-mute">Somebody active, with nothing else.</p>
      </SubjectCard>
      <Findings access={access} asked={asked} />
    </AnswerFrame>
  );
}

function Findings({ access, asked }: { access: AccessAnswer; asked: Asked }) {
  if (access.permission) return <OneDecision permission={access.permission} />;
  return <AllPermissions groups={access.groups} q={asked.q} show={asked.show} />;
}

export async function WhoAnswer({ asked, params }: { asked: Asked; params: Params }) {
  const { permission, circumstances, after, before } = asked;
  if (!permission)
    return (
      <EmptyState kind="nothing-yet" title="Choose a permission">
        Everybody who holds it shows here, and through which roles.
      </EmptyState>
    );
  const page = await read(whoCan, { ...circumstances, permission, after, before });
  const beside = { after: undefined, before: undefined };
  return (
    <AnswerFrame at={page.at} now={!circumstances.at}>
      <WhoView
        page={page}
        hrefOf={(user) => pageHref(toolsPath, params, { ...beside, for: "user", user })}
        hrefBeside={(cursor) => pageHref(toolsPath, params, { ...beside, ...cursor })}
      />
    </AnswerFrame>
  );
}

type Params = Parameters<typeof pageHref>[1];
