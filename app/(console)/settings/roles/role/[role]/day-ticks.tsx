import { TickWrap } from "#components/form/tick-wrap.tsx";

const names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const options = names.map((label, index) => ({ value: String(index + 1), label }));

/** Days of the week; one is always left, since hours without a day would never come. */
export function DayTicks(props: { days: readonly number[]; onChange: (days: number[]) => void }) {
  function tick(value: string, on: boolean) {
    const others = props.days.filter((day) => day !== Number(value));
    if (on) props.onChange([...others, Number(value)].sort((one, other) => one - other));
    else if (others.length > 0) props.onChange(others);
  }
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Days</legend>
      <TickWrap options={options} ticked={props.days.map(String)} onTick={tick} />
    </fieldset>
  );
}
