"use client";
import { useState } from "react";
import type { SelectedRow } from "#components/table/use-selection.ts";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast.ts";
import type { UserFilter } from "#lib/users/schema.ts";
import { idle } from "#lib/web/form-state.ts";
import { matchingUsersForm } from "./actions.ts";

/** Offers everybody whom the filter finds, as they are now: who comes to match later is not among them. */
export function SelectAll(props: {
  filter: UserFilter;
  total: number;
  /** There are more than were counted. */
  capped: boolean;
  onSelected: (people: SelectedRow[]) => void;
}) {
  const [pending, setPending] = useState(false);
  async function select() {
    setPending(true);
    try {
      props.onSelected(await everybody(props.filter));
    } catch {
      toast("Not everybody could be selected: try again.", "danger");
    } finally {
      setPending(false);
    }
  }
  const many = props.total.toLocaleString("en");
  return (
    <Button
      size="small"
      pending={pending}
      disabledReason={props.capped ? `More than ${many} match: narrow the list down first.` : undefined}
      onClick={select}
    >
      Select all {many} that match
    </Button>
  );
}

async function everybody({ q, role, status }: UserFilter): Promise<SelectedRow[]> {
  const found: SelectedRow[] = [];
  for (let after: string | undefined; ; ) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ q, role, status, after })) if (value) form.set(name, value);
    const answer = await matchingUsersForm(idle, form);
    if (answer.status !== "ok") throw new Error(answer.message);
    const page = answer.details as { people: { id: string; username: string }[]; next?: string };
    found.push(...page.people.map(({ id, username }) => ({ id, name: username })));
    after = page.next;
    if (!after) return found;
  }
}
