"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useRef, useState } from "react";
import { UsersTable } from "#app/(console)/settings/users/users-table.tsx";
import { SelectionBar } from "#components/table/selection-bar.tsx";
import { useSelection } from "#components/table/use-selection.ts";
import { Button } from "#components/ui/button.tsx";
import type { RoleChoice } from "#lib/roles/index.ts";
import type { UserPage } from "#lib/users/index.ts";
import type { UserFilter } from "#lib/users/schema.ts";
import { type ActKey, acts } from "./acts.ts";
import { ConfirmAct } from "./confirm-act.tsx";
import { RunDialog } from "./run-dialog.tsx";
import { SelectAll } from "./select-all.tsx";
import { useRun } from "./use-run.ts";

export interface BulkRights {
  /** An identity provider gives the roles: nobody is changed here, so that only sessions are left to end. */
  readOnly: boolean;
  /** Why the actor may not: change users, end sessions. */
  usersWhy: string | undefined;
  sessionsWhy: string | undefined;
}

/** The table with rows to select, and what can be done to a selection. */
export function SelectableUsers(props: {
  page: UserPage;
  filter: UserFilter;
  roles: { choices: readonly RoleChoice[]; single: boolean };
  rights: BulkRights;
  empty: ReactNode;
  /** Between the table and the bar. */
  children: ReactNode;
}) {
  const { page, filter } = props;
  const router = useRouter();
  const table = useRef<HTMLDivElement>(null);
  const selection = useSelection(JSON.stringify([filter.q, filter.role, filter.status]));
  const [asked, setAsked] = useState<ActKey>();
  const { run, start, stop, prove, forget } = useRun(({ people, outcomes, cut }) => {
    const done = new Set(outcomes.filter(({ why }) => why === undefined).map(({ id }) => id));
    selection.replace(people.filter(({ id }) => !done.has(id)));
    // Somebody who was signed out midway still sees here what was done; the page behind would send them away.
    if (!cut) router.refresh();
  });
  const selected = [...selection.chosen.values()];
  const onPage = page.rows.filter(({ id }) => selection.chosen.has(id));
  const act = acts.find(({ key }) => key === asked);
  const { readOnly, sessionsWhy, usersWhy } = props.rights;
  const offered = readOnly ? acts.filter(({ key }) => key === "sessions") : acts;
  const pageIsSelected = onPage.length > 0 && onPage.length === page.rows.length;

  return (
    <>
      <div ref={table}>
        <UsersTable
          rows={page.rows}
          selection={readOnly && sessionsWhy ? undefined : selection}
          readOnly={readOnly}
          empty={props.empty}
        />
      </div>
      {props.children}
      <SelectionBar
        count={selected.length}
        onClear={() => {
          selection.replace([]);
          table.current?.querySelector<HTMLElement>("[data-select-row]")?.focus();
        }}
        more={
          pageIsSelected &&
          selected.length < page.total && (
            <SelectAll
              filter={filter}
              total={page.total}
              capped={page.capped}
              onSelected={selection.replace}
            />
          )
        }
      >
        {offered.map(({ key, label, danger }) => (
          <Button
            key={key}
            size="small"
            variant={danger ? "danger" : "secondary"}
            disabledReason={key === "sessions" ? sessionsWhy : usersWhy}
            onClick={() => setAsked(key)}
          >
            {label}
          </Button>
        ))}
      </SelectionBar>
      {act && (
        <ConfirmAct
          act={act}
          selected={selected}
          rows={onPage}
          roles={props.roles}
          onDeactivate={() => setAsked("deactivate")}
          onClose={() => setAsked(undefined)}
          onConfirm={(given) => {
            setAsked(undefined);
            start({ act, people: selected, given });
          }}
        />
      )}
      {run && (
        <RunDialog
          run={run}
          onStop={stop}
          onProve={prove}
          onClose={() => {
            forget();
            if (run.cut) router.refresh();
          }}
        />
      )}
    </>
  );
}
