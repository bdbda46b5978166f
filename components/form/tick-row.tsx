import { type ReactNode, useId } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { DangerMark } from "#components/ui/danger-mark.tsx";

/** What the box or dot of a row gets. */
interface TickControl {
  id: string;
  "aria-describedby": string | undefined;
  disabled: boolean | undefined;
}

/** A box or dot to tick with its label, its description and the reason against it. */
export function TickRow(props: {
  label: string;
  description?: string | undefined;
  dangerous?: boolean | undefined;
  disabledReason?: string | undefined;
  /** Further ids that describe the control. */
  describedBy?: string | undefined;
  children: (control: TickControl) => ReactNode;
}) {
  const id = useId();
  const moreId = props.description || props.disabledReason ? `${id}-more` : undefined;
  return (
    <div className="flex gap-2.5">
      {props.children({
        id,
        "aria-describedby": classNames(props.describedBy, moreId) || undefined,
        disabled: Boolean(props.disabledReason) || undefined,
      })}
      <div className="min-w-0 grow">
        <label
          htmlFor={id}
          className={classNames("inline-block py-0.5 font-medium", props.disabledReason && "text-mute")}
        >
          {props.label}
          {props.dangerous && (
            <>
              {" "}
              <DangerMark />
            </>
          )}
        </label>
        {moreId && (
          <div id={moreId} className="text-xs text-mute">
            {props.description && <p>{props.description}</p>}
            {props.disabledReason && <p className="font-medium">{props.disabledReason}</p>}
          </div>
        )}
      </div>
    </div>
  );
}

const tick =
  "mt-[0.1875rem] grid size-4.5 shrink-0 appearance-none place-items-center border border-edge bg-surface checked:border-accent-solid checked:bg-accent-solid indeterminate:border-accent-solid indeterminate:bg-accent-solid hover:not-disabled:border-soft disabled:border-line-strong disabled:bg-sunken disabled:checked:bg-edge aria-invalid:border-high forced-colors:appearance-auto";

/** The mark is drawn by CSS, so that it shows without scripts. */
export const checkboxClass = `${tick} tick-mark rounded`;
export const radioClass = `${tick} dot-mark rounded-full`;
