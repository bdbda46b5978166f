"use client";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { renewCodesForm } from "./actions.ts";
import { CodesShownOnce } from "./codes-shown-once.tsx";

export function RenewCodesForm({ closeHref }: { closeHref: string }) {
  return (
    <Form action={renewCodesForm} done={(state) => <CodesShownOnce state={state} closeHref={closeHref} />}>
      <p className="text-soft">You get ten new codes. Those that you have now stop working.</p>
      <FormButtons label="Get new codes" cancelHref={closeHref} />
    </Form>
  );
}
