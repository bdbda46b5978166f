import { Clock, CornerDownRight, Filter, KeyRound, UserRound } from "lucide-react";
import type { Step } from "#lib/calculator/index.ts";
import { Validity } from "./local-time.tsx";

const icons = {
  assignment: UserRound,
  base: CornerDownRight,
  grant: KeyRound,
  limit: Filter,
  clock: Clock,
} satisfies Record<Step["kind"], unknown>;

/** The way from somebody to a permission, step by step. */
export function PathSteps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="flex flex-col">
      {steps.map((step, index) => {
        const Icon = icons[step.kind];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps of one way never change places
          <li key={index} data-step={step.kind} className="relative flex gap-3 pb-2.5 last:pb-0">
            {index < steps.length - 1 && (
              <span aria-hidden className="absolute top-6 bottom-0 left-3 w-px bg-line-strong" />
            )}
            <span
              aria-hidden
              className="grid size-6 shrink-0 place-items-center rounded-full bg-sunken text-soft [&_svg]:size-3.5"
            >
              <Icon />
            </span>
            <div className="min-w-0 pt-0.5">
              <p>
                {step.text}
                {(step.from || step.until) && ", "}
                <Validity from={step.from} until={step.until} />
              </p>
              {step.notes.map((note) => (
                <p key={note} className="text-xs text-mute">
                  {note}
                </p>
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
