"use client";
import { useState } from "react";
import { InstantField } from "#components/access/instant-field.tsx";

/** Until when it is granted: what was asked for, or sooner. Unchanged, nothing is sent: minutes have no seconds. */
export function EndField({ asked }: { asked: string }) {
  const [endsAt, setEndsAt] = useState("");
  return (
    <InstantField
      name="endsAt"
      label="Shorten to"
      value={endsAt}
      onChange={setEndsAt}
      description={`Empty: as long as was asked for.${endsAt > asked ? " This is longer." : ""}`}
    />
  );
}
