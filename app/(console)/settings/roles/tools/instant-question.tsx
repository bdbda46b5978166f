"use client";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { TextQuestion } from "./question-field.tsx";

/** The instant that is asked about. Only the browser knows its zone: without scripts it is UTC. */
export function InstantQuestion(props: {
  at: string | undefined;
  zone: string | undefined;
  error: string | undefined;
}) {
  const hydrated = useHydrated();
  const own = hydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";
  const zone = props.zone ?? own;
  return (
    <>
      <TextQuestion
        name="at"
        label="At"
        type="datetime-local"
        value={props.at}
        description={`Empty: now. In ${zone}.`}
        error={props.error}
      />
      <input type="hidden" name="zone" value={zone} />
    </>
  );
}
