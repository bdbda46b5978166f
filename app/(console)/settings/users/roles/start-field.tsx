"use client";
import { useState } from "react";
import { InstantField } from "#components/access/instant-field.tsx";

/** When something starts; empty for at once. */
export function StartField() {
  const [startsAt, setStartsAt] = useState("");
  return (
    <InstantField
      name="startsAt"
      label="Starts"
      value={startsAt}
      onChange={setStartsAt}
      description="Empty: at once."
    />
  );
}
