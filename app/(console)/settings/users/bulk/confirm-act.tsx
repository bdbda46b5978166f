"use client";
import { type FormEvent, useId, useState } from "react";
import { RoleField } from "#app/(console)/settings/users/role-field.tsx";
import { FormContext } from "#components/form/form-context.ts";
import { TextField } from "#components/form/text-field.tsx";
import type { SelectedRow } from "#components/table/use-selection.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { RoleChoice } from "#lib/roles/index.ts";
import type { UserRow } from "#lib/users/index.ts";
import { idle } from "#lib/web/form-state.ts";
import { type Act, people } from "./acts.ts";
import { ProtectedNotice } from "./protected-notice.tsx";
import type { GivenRoles } from "./use-run.ts";

/** Names the act, how many, and the first of them; says beforehand whom a rule protects. */
export function ConfirmAct(props: {
  act: Act;
  selected: readonly SelectedRow[];
  /** Those of them whom the page shows. */
  rows: readonly UserRow[];
  roles: { choices: readonly RoleChoice[]; single: boolean };
  onConfirm: (given: GivenRoles) => void;
  onDeactivate: () => void;
  onClose: () => void;
}) {
  const { act, selected, rows } = props;
  const form = useId();
  const [errors, setErrors] = useState<Record<string, string[]>>({});
  const typing = act.key === "delete" && selected.length > 1;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const roles = data.getAll("roles").map(String).filter(Boolean);
    const confirmed = data.getAll("confirmed").map(String);
    const unconfirmed = event.currentTarget.querySelector("[name=confirmed]:not(:checked)");
    const typed = String(data.get("typed")).trim().toLowerCase();
    const wrong = {
      ...(act.key === "roles" && roles.length === 0 && { roles: ["Choose a role."] }),
      ...(unconfirmed && { confirmed: ["Tick what you mean, or choose another role."] }),
      ...(typing &&
        typed !== String(selected.length) &&
        typed !== "delete" && {
          typed: [`Type ${selected.length} or delete.`],
        }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length === 0) props.onConfirm({ roles, confirmed });
    else if (unconfirmed instanceof HTMLElement) unconfirmed.focus();
    else (event.currentTarget.querySelector("[name=typed], [name=roles]") as HTMLElement | null)?.focus();
  }

  const knowledge = {
    pending: false,
    answered: false,
    answer: idle,
    values: {},
    errorsOf: (name: string) => errors[name] ?? [],
    clear: () => setErrors({}),
  };
  return (
    <Dialog
      key={act.key}
      title={`${act.asks} ${people(selected.length)}?`}
      onClose={props.onClose}
      footer={
        <>
          <Button data-autofocus={act.danger && !typing ? true : undefined} onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant={act.danger ? "danger" : "primary"}>
            {act.label}
          </Button>
        </>
      }
    >
      <FormContext value={knowledge}>
        <form id={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
          <p className="break-words">
            <Names selected={selected} />
          </p>
          {act.danger ? (
            <Notice kind="warning" reason="permanent" title="Deleting is permanent">
              {act.means}
            </Notice>
          ) : (
            <p className="text-sm text-soft">{act.means}</p>
          )}
          {act.key === "delete" && (
            <p className="text-sm text-soft">
              Deactivated, they cannot sign in either, and it can be taken back.{" "}
              <Button size="small" onClick={props.onDeactivate}>
                Deactivate instead
              </Button>
            </p>
          )}
          <ProtectedNotice act={act} rows={rows} />
          {rows.length < selected.length && (
            <p className="text-sm text-soft">
              {people(selected.length - rows.length)} on other pages: rules are looked at when it is their
              turn.
            </p>
          )}
          {act.key === "roles" && (
            <RoleField
              {...props.roles}
              chosen={[]}
              held={[]}
              whom={people(selected.length)}
              placeholder="Choose a role"
            />
          )}
          {typing && (
            <TextField
              name="typed"
              label={`Type ${selected.length} to confirm`}
              autoComplete="off"
              required
            />
          )}
        </form>
      </FormContext>
    </Dialog>
  );
}

const shown = 5;

function Names({ selected }: { selected: readonly SelectedRow[] }) {
  const first = selected.slice(0, shown).map(({ name }) => name);
  const more = selected.length - first.length;
  return (
    <>
      <span className="font-medium">{first.join(", ")}</span>
      {more > 0 && ` and ${more.toLocaleString("en")} more`}
    </>
  );
}
