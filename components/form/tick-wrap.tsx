import { checkboxClass, TickRow } from "./tick-row.tsx";

/** A few boxes beside each other: days, severities. */
export function TickWrap(props: {
  options: readonly { value: string; label: string }[];
  ticked: readonly string[];
  onTick: (value: string, on: boolean) => void;
}) {
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-1.5">
      {props.options.map(({ value, label }) => (
        <div key={value}>
          <TickRow label={label}>
            {(control) => (
              <input
                {...control}
                type="checkbox"
                checked={props.ticked.includes(value)}
                onChange={({ currentTarget }) => props.onTick(value, currentTarget.checked)}
                className={checkboxClass}
              />
            )}
          </TickRow>
        </div>
      ))}
    </div>
  );
}
