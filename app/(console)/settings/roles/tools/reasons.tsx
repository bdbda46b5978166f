import type { Answer } from "#lib/calculator/index.ts";
import { LocalTime } from "./local-time.tsx";
import { PathSteps } from "./path-steps.tsx";

/** Why: the limits, the ways that give it, or what comes nearest. */
export function Reasons({ answer }: { answer: Answer }) {
  return (
    <div className="flex flex-col gap-4">
      {answer.limits.length > 0 && (
        <ul aria-label="Limits" className="list-disc pl-5">
          {answer.limits.map((limit) => (
            <li key={limit}>Only {limit}</li>
          ))}
        </ul>
      )}
      {answer.paths.map((steps, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: ways have no name, and never change places
        <PathSteps key={index} steps={steps} />
      ))}
      {answer.nearest.length > 0 && (
        <ul className="flex flex-col gap-3">
          {answer.nearest.map((nearest, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              key={index}
              data-reason={nearest.reason}
              data-failed={nearest.failed}
              className="flex flex-col gap-2"
            >
              <p>
                {nearest.words}
                {nearest.begins && (
                  <>
                    {" "}
                    Next in force: <LocalTime at={nearest.begins} />.
                  </>
                )}
              </p>
              {nearest.steps && <PathSteps steps={nearest.steps} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
