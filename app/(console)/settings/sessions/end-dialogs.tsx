import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import type { UserSessionRow } from "#lib/sessions/index.ts";
import type { SearchParams } from "#lib/web/page-href.ts";
import { endAllSessionsForm, endUserSessionForm, endUserSessionsForm } from "./actions.ts";

interface Props {
  rows: readonly UserSessionRow[];
  closeHref: string;
}

const endedAlready = "It is not in this list any more: it may have ended already.";

/**
 * Asks before sessions end. The address alone says which dialog is open: the row leaves the list as soon as its
 * session has ended, and the dialog has to be there still to say so.
 */
export function EndDialogs({ params, ...props }: Props & { params: SearchParams }) {
  if (typeof params.end === "string") return <EndSession {...props} id={params.end} />;
  const userId = params["end-user"];
  if (typeof userId === "string") return <EndSessionsOfUser {...props} userId={userId} />;
  return params["end-all"] === undefined ? null : <EndAllSessions closeHref={props.closeHref} />;
}

function EndSession({ rows, closeHref, id }: Props & { id: string }) {
  const session = rows.find((row) => row.id === id && !row.ended);
  const why = session ? session.endWhy : endedAlready;
  const whose = session && (session.user.you ? " of yours" : ` of ${session.user.username}`);
  return (
    <ConfirmDialog
      title={`End this session${whose ?? ""}?`}
      confirmLabel="End session"
      action={endUserSessionForm}
      values={{ id }}
      closeHref={closeHref}
      disabledReason={why}
    >
      {session && (
        <p>
          {session.device}
          {session.address && `, ${session.address}`}. Its next request leads to the sign-in page; what was
          not saved there is lost.
        </p>
      )}
      {why && <p className="font-medium">{why}</p>}
    </ConfirmDialog>
  );
}

function EndSessionsOfUser({ rows, closeHref, userId }: Props & { userId: string }) {
  const row = rows.find(({ user, ended }) => user.id === userId && !ended);
  const you = row?.user.you;
  const why = row ? (you ? undefined : row.endWhy) : "They have no session in this list any more.";
  return (
    <ConfirmDialog
      title={
        you ? "End all your other sessions?" : `End all sessions of ${row?.user.username ?? "this user"}?`
      }
      confirmLabel="End sessions"
      action={endUserSessionsForm}
      values={{ userId }}
      closeHref={closeHref}
      disabledReason={why}
    >
      <p>{you ? "The one that you are using stays." : "They have to sign in again everywhere."}</p>
      <p>Trusted devices stay. To end those as well, reset the password.</p>
      {why && <p className="font-medium">{why}</p>}
    </ConfirmDialog>
  );
}

function EndAllSessions({ closeHref }: { closeHref: string }) {
  return (
    <ConfirmDialog
      title="End all sessions?"
      confirmLabel="End all sessions"
      action={endAllSessionsForm}
      values={{}}
      closeHref={closeHref}
    >
      <p>
        Everybody has to sign in again. Two kinds of sessions stay: the one that you are using, and those of
        people who outrank you.
      </p>
    </ConfirmDialog>
  );
}
