/** A number beside a heading or a tab: "12" or "12/40"; the label says what is counted. */
export function Counter(props: { value: number; of?: number; label?: string }) {
  return (
    <span
      data-outline
      className="inline-block rounded-full bg-sunken px-1.5 text-2xs font-medium text-soft tabular-nums"
    >
      {props.value.toLocaleString("en")}
      {props.of !== undefined && <span className="text-mute">/{props.of.toLocaleString("en")}</span>}
      {props.label && <span className="sr-only"> {props.label}</span>}
    </span>
  );
}
