import { Clock, Users } from "lucide-react";
import { Fragment } from "react";
import { DangerMark } from "#components/ui/danger-mark.tsx";
import type { MatrixRole } from "#lib/roles/matrix-data.ts";
import { count, hoursInWords } from "./cell-words.ts";

/** Name of a role, and its key where that says something else. */
export function RoleTitle({ role }: { role: MatrixRole }) {
  return (
    <>
      <span
        className="line-clamp-2 w-full text-sm leading-5 font-semibold wrap-anywhere"
        title={role.description}
      >
        {breakable(role.label)}
        {role.dangerous && (
          <>
            {" "}
            <DangerMark quiet />
          </>
        )}
      </span>
      {role.key !== role.label && (
        <span className="block w-full truncate font-mono text-2xs text-mute" title={role.key}>
          {role.key}
        </span>
      )}
    </>
  );
}

/** A long key breaks after an underscore rather than inside a word. */
function breakable(label: string) {
  return label.split(/(?<=_)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, in its order
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** Where the role comes from and how many hold it. */
export function RoleFacts({ role }: { role: MatrixRole }) {
  return (
    <span
      className="flex items-center gap-1 text-2xs text-soft"
      title={count(role.people, "person", "people")}
    >
      {role.builtIn ? "Built-in" : "Custom"}
      <span aria-hidden>·</span>
      <Users aria-hidden className="size-3" />
      <span className="tabular-nums">{role.people.toLocaleString("en")}</span>
      <span className="sr-only">{role.people === 1 ? "person" : "people"}</span>
      {role.hours && (
        <span title={hoursInWords(role.hours)} suppressHydrationWarning>
          <Clock aria-hidden className={role.hours.open ? "size-3" : "size-3 text-high"} />
          <span className="sr-only">, only {role.hours.words}</span>
        </span>
      )}
    </span>
  );
}
