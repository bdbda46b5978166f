import { ConfirmDangers } from "#app/(console)/settings/users/roles/confirm-dangers.tsx";
import { InstantWords } from "#components/access/instant-words.tsx";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { OpenRequest } from "#lib/temporary-access/index.ts";
import { grantRequestForm, refuseRequestForm } from "./actions.ts";
import { EndField } from "./end-field.tsx";

/** Grants a request, for a shorter time if need be, or refuses it; a note goes to whoever asked. */
export function DecisionDialog(props: {
  request: OpenRequest;
  decision: "grant" | "refuse";
  closeHref: string;
}) {
  const { request, decision, closeHref } = props;
  const granting = decision === "grant";
  const who = request.who.name || request.who.username;
  return (
    <Dialog
      title={granting ? `Grant ${request.role.label} to ${who}?` : `Refuse ${request.role.label} for ${who}?`}
      description={request.reason}
      closeHref={closeHref}
      size="small"
    >
      <Form
        action={granting ? grantRequestForm : refuseRequestForm}
        okHref={closeHref}
        aria-label={granting ? "Grant" : "Refuse"}
      >
        <input type="hidden" name="request" value={request.id} />
        {granting && <ConfirmDangers roles={[{ ...request.role, danger: request.danger }]} whom={who} />}
        {granting ? (
          <>
            <p className="text-sm text-soft">
              Asked for {request.place && `in ${request.place} `}until <InstantWords at={request.endsAt} />.
              It ends by itself, and their sessions end now.
            </p>
            <EndField asked={request.endsAt.toISOString()} />
          </>
        ) : null}
        <TextField name="note" label="Note to whoever asked" maxLength={500} autoComplete="off" />
        <FormButtons
          label={granting ? "Grant access" : "Refuse request"}
          cancelHref={closeHref}
          danger={!granting}
          disabledReason={granting ? request.grantWhy : request.refuseWhy}
        />
      </Form>
    </Dialog>
  );
}
