"use client";
import { useState } from "react";
import type { Places } from "#lib/assignments/schema.ts";
import { type PlaceChoice, PlaceFields } from "./place-fields.tsx";

/** The place that a new assignment is narrowed to, chosen in a form of its own. */
export function ChosenPlace({ places, whose }: { places: Places; whose: "theirs" | "yours" }) {
  const [value, setValue] = useState<PlaceChoice>({ organizationId: "", teamId: "" });
  return <PlaceFields places={places} value={value} onChange={setValue} whose={whose} sends />;
}
