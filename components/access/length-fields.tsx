"use client";
import { useState } from "react";
import { SelectField } from "#components/form/select-field.tsx";
import { InstantField } from "./instant-field.tsx";

const lengths = [
  { value: "1", label: "1 hour" },
  { value: "8", label: "8 hours" },
  { value: "24", label: "1 day" },
  { value: "72", label: "3 days" },
  { value: "168", label: "1 week" },
];

/** How long temporary access lasts: one of a few lengths, or until a time of one's own choice. */
export function LengthFields({ label, defaultValue = "8" }: { label: string; defaultValue?: string }) {
  const [custom, setCustom] = useState(false);
  const [endsAt, setEndsAt] = useState("");
  return (
    <div
      className="grid gap-4 sm:grid-cols-2"
      onChange={(event) => {
        if (event.target instanceof HTMLSelectElement) setCustom(event.target.value === "");
      }}
    >
      <SelectField
        name="lasts"
        label={label}
        options={[...lengths, { value: "", label: "Until …" }]}
        defaultValue={defaultValue}
        required
      />
      {custom && <InstantField name="endsAt" label="Ends" value={endsAt} onChange={setEndsAt} />}
    </div>
  );
}
