"use client";
import { useState } from "react";
import { useFormKnowledge } from "./form-context.ts";
import { OthersSaved } from "./others-saved.tsx";
import { listOf } from "./use-field.ts";

/** A field as it is stored now, in values that its form would send. */
export interface StoredField {
  name: string;
  label: string;
  value: readonly string[];
  /** How values read; those without are shown as they are, and "" is what nothing reads as. */
  words?: Record<string, string>;
}

/**
 * When somebody else saved first, shows field by field what they changed, theirs beside one's own.
 * One's own entries stay in the form: sending it again saves over theirs, knowingly.
 */
export function TheirChanges({ what, fields }: { what: string; fields: readonly StoredField[] }) {
  const { answer, values } = useFormKnowledge();
  // As the form was opened; `fields` moves on with the page.
  const [opened] = useState(fields);
  if (answer.reason !== "edit_conflict") return null;
  const { by, at } = answer.details ?? {};
  const rows = fields.map((field) => ({
    ...field,
    theirs: shown(field.value, field),
    mine: shown(listOf(values[field.name], []), field),
    before: shown(opened.find(({ name }) => name === field.name)?.value ?? [], field),
  }));
  const moved = rows.filter(({ theirs, before }) => theirs !== before);
  // Without scripts the page is new at every answer: then what differs from one's own entries is all that is known.
  const told = moved.length > 0 ? moved : rows.filter(({ theirs, mine }) => theirs !== mine);
  return (
    <OthersSaved
      what={what}
      by={typeof by === "string" ? by : undefined}
      at={typeof at === "string" ? at : undefined}
      quiet
    >
      <table className="mt-1 w-full table-fixed text-left">
        <thead className="text-xs text-soft">
          <tr>
            <th scope="col" className="w-24 py-0.5 pr-2 font-normal">
              Field
            </th>
            <th scope="col" className="py-0.5 pr-2 font-normal">
              Saved now
            </th>
            <th scope="col" className="py-0.5 font-normal">
              Yours, if you save
            </th>
          </tr>
        </thead>
        <tbody className="wrap-anywhere">
          {told.map(({ name, label, theirs, mine }) => (
            <tr key={name} className="align-top">
              <th scope="row" className="py-0.5 pr-2 font-medium">
                {label}
              </th>
              <td className="py-0.5 pr-2">{theirs}</td>
              <td className="py-0.5">{mine === theirs ? "the same" : mine}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </OthersSaved>
  );
}

function shown(value: readonly string[], { words }: StoredField): string {
  const texts = value.filter((text) => text !== "").map((text) => words?.[text] ?? text);
  return texts.length > 0 ? texts.join(", ") : (words?.[""] ?? "empty");
}
