import { X } from "lucide-react";
import type { Choice } from "#components/form/choice.ts";
import { Link } from "#components/ui/link.tsx";
import { SelectQuestion } from "./question-field.tsx";

/** The roles that somebody would hold; each goes by its cross, the list adds another. */
export function RoleSetQuestion(props: {
  chosen: readonly string[];
  options: readonly Choice[];
  hrefWithout: (role: string) => string;
}) {
  const { chosen, options } = props;
  const label = (key: string) => options.find(({ value }) => value === key)?.label ?? key;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {chosen.map((key) => (
        <input key={key} type="hidden" name="role" value={key} />
      ))}
      <SelectQuestion
        // Once a role is among the chosen, the list starts over.
        key={chosen.join(" ")}
        name="role"
        label={chosen.length > 0 ? "Another role" : "Role"}
        value=""
        placeholder="Choose a role"
        options={options.filter(({ value }) => !chosen.includes(value))}
      />
      {chosen.length > 0 && (
        <ul aria-label="Roles" className="flex flex-wrap gap-1.5">
          {chosen.map((key) => (
            <li
              key={key}
              data-outline
              className="inline-flex items-center gap-1 rounded-full border border-line-strong py-px pr-0.5 pl-2.5 text-xs font-medium"
            >
              {label(key)}
              <Link
                href={props.hrefWithout(key)}
                scroll={false}
                aria-label={`Without ${label(key)}`}
                className="grid size-6 place-items-center rounded-full text-mute hover:bg-hover hover:text-ink pointer-coarse:size-9"
              >
                <X aria-hidden className="size-3.5" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
