import { checkboxClass, TickRow } from "#components/form/tick-row.tsx";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** Days of the week; one is always left, since hours without a day would never come. */
export function DayTicks(props: { days: readonly number[]; onChange: (days: number[]) => void }) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Days</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1.5">
        {days.map((name, index) => {
          const day = index + 1;
          const on = props.days.includes(day);
          const others = props.days.filter((one) => one !== day);
          return (
            <div key={name}>
              <TickRow label={name}>
                {(control) => (
                  <input
                    {...control}
                    type="checkbox"
                    checked={on}
                    onChange={() => {
                      if (on && others.length === 0) return;
                      props.onChange(on ? others : [...others, day].sort((one, other) => one - other));
                    }}
                    className={checkboxClass}
                  />
                )}
              </TickRow>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
