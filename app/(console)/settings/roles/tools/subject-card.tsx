import type { ReactNode } from "react";
import { RoleChip } from "#components/ui/role-chip.tsx";
import type { AccessAnswer, HeldRole } from "#lib/calculator/index.ts";
import { LocalTime, Validity } from "./local-time.tsx";

/** Who the answer is about: what they hold, and whether it counts at the instant. */
export function SubjectCard({ access, children }: { access: AccessAnswer; children: ReactNode }) {
  const { held, api, redundant } = access;
  return (
    <section
      aria-label="Subject"
      className="mb-5 grid gap-4 rounded-lg border border-line bg-surface p-4 lg:grid-cols-[1fr_2fr_1fr]"
    >
      <div>{children}</div>
      <div>
        <h2 className="mb-1.5 text-xs font-medium text-mute">Roles</h2>
        {held.length === 0 && <p className="text-soft">None</p>}
        <ul className="space-y-2">
          {held.map((hold) => (
            <li key={hold.id}>
              <HeldLine
                hold={hold}
                because={redundant.find(({ assignment }) => assignment === hold.id)?.because}
              />
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h2 className="mb-1.5 text-xs font-medium text-mute">API access</h2>
        <p>{api.words}</p>
        {api.endpoints.map((endpoint) => (
          <p key={endpoint} className="font-mono text-xs break-all">
            {endpoint}
          </p>
        ))}
      </div>
    </section>
  );
}

const list = new Intl.ListFormat("en", { type: "conjunction" });

function HeldLine({ hold, because }: { hold: HeldRole; because: readonly string[] | undefined }) {
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <RoleChip label={hold.label} muted={!hold.active} />
        <span className="text-xs text-soft">
          {hold.source}
          {hold.source && (hold.from || hold.until) && ", "}
          <Validity from={hold.from} until={hold.until} />
        </span>
        {!hold.active && (
          <span className="text-xs font-medium text-elevated">
            {hold.begins ? (
              <>
                Not in force, next <LocalTime at={hold.begins} />
              </>
            ) : (
              "Not in force"
            )}
          </span>
        )}
      </p>
      {because && (
        <p data-reason="redundant" className="text-xs text-elevated">
          <span className="font-medium">Adds nothing:</span>{" "}
          {because.length > 0
            ? `all that it gives comes from ${list.format(because)} as well.`
            : "it gives nothing at all."}
        </p>
      )}
      {[...hold.notes, ...hold.hours].map((note) => (
        <p key={note} className="text-xs text-mute">
          {note}
        </p>
      ))}
    </>
  );
}
