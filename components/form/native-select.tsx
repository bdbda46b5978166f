import { ChevronDown } from "lucide-react";
import type { Ref, SelectHTMLAttributes } from "react";
import { classNames } from "#components/ui/class-names.ts";
import type { Choice } from "./choice.ts";
import { controlClass } from "./control-class.ts";

/** The browser's select in our clothes; `groups` follow the options, each under its heading. */
export function NativeSelect({
  options,
  groups,
  placeholder,
  className,
  ...rest
}: SelectHTMLAttributes<HTMLSelectElement> & {
  options: readonly Choice[];
  groups?: readonly { label: string; options: readonly Choice[] }[] | undefined;
  placeholder?: string | undefined;
  ref?: Ref<HTMLSelectElement>;
}) {
  return (
    <span className={classNames("relative block", className)}>
      <select {...rest} className={`${controlClass} appearance-none truncate pr-8`}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        <Options options={options} />
        {groups?.map((group) => (
          <optgroup key={group.label} label={group.label}>
            <Options options={group.options} />
          </optgroup>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 right-2.5 my-auto size-4 text-mute"
      />
    </span>
  );
}

function Options({ options }: { options: readonly Choice[] }) {
  return options.map((option) => (
    <option key={option.value} value={option.value} disabled={Boolean(option.disabledReason)}>
      {textOf(option)}
    </option>
  ));
}

/** An option holds plain text, so the sign is a character. */
function textOf({ label, dangerous, disabledReason }: Choice): string {
  const marked = dangerous ? `${label} \u26a0 (dangerous)` : label;
  return disabledReason ? `${marked} (${disabledReason})` : marked;
}
