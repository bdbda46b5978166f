"use client";
import { ConfirmDangers } from "#app/(console)/settings/users/roles/confirm-dangers.tsx";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { TextField } from "#components/form/text-field.tsx";
import type { ExpressionPreview } from "#lib/role-expressions/index.ts";
import { setRoleExpressionForm } from "./actions.ts";
import { Explained } from "./explained.tsx";
import { useExplained } from "./use-explained.ts";

interface Edited {
  id: string;
  called: string;
  expression: string;
  explained: ExpressionPreview;
  /** The rule that keeps whoever asks from saving. */
  why: string | undefined;
  closeHref: string;
}

export function ExpressionForm(props: Edited) {
  return (
    <Form action={setRoleExpressionForm} okHref={props.closeHref} aria-label="Role expression">
      <input type="hidden" name="id" value={props.id} />
      <ExpressionFields {...props} />
      <FormButtons label="Save expression" cancelHref={props.closeHref} disabledReason={props.why} />
    </Form>
  );
}

function ExpressionFields({ id, called, expression, explained }: Edited) {
  const { preview, look, field } = useExplained(id, explained);
  return (
    <>
      <div ref={field} onInput={look}>
        <TextField
          name="expression"
          label="Expression"
          description="As in a users file, for example rule_only,node_read. Space and case do not count."
          defaultValue={expression}
          spellCheck={false}
          autoComplete="off"
          maxLength={2000}
          required
        />
      </div>
      <Explained preview={preview} called={called} />
      <ConfirmDangers roles={preview.dangers} whom={called} />
    </>
  );
}
