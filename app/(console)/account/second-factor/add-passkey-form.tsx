"use client";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { PasskeyForm } from "#components/form/passkey-form.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { addPasskeyForm, startPasskeyForm } from "./actions.ts";
import { CodesShownOnce } from "./codes-shown-once.tsx";

export function AddPasskeyForm({ closeHref }: { closeHref: string }) {
  return (
    <PasskeyForm
      ceremony="make"
      ask={startPasskeyForm}
      action={addPasskeyForm}
      done={(state) => <CodesShownOnce state={state} closeHref={closeHref} />}
    >
      <TextField
        name="name"
        label="Name"
        description="To tell your passkeys apart, such as Work laptop."
        maxLength={60}
        required
      />
      <FormButtons label="Continue" cancelHref={closeHref} />
    </PasskeyForm>
  );
}
