import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { MatrixPermission } from "#lib/roles/matrix-data.ts";
import { applyTemplate, type Draft, ownOf } from "./draft.ts";

export interface RoleTemplate {
  key: string;
  label: string;
  description?: string;
  permissions: "all" | string[];
}

const clearAll: RoleTemplate = { key: "clear", label: "Clear All", permissions: [] };

/** Ticks a whole set in one go; a template reaches no further than the person who uses it. */
export function TemplateButtons(props: {
  templates: readonly RoleTemplate[];
  permissions: readonly MatrixPermission[];
  draft: Draft;
  onApply: (template: RoleTemplate["permissions"]) => void;
}) {
  const { templates, permissions, draft } = props;
  const clears = templates.some((template) => template.permissions.length === 0);
  const shown = clears ? templates : [...templates, clearAll];
  const own = ownOf(draft);
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">Templates</legend>
      <span aria-hidden className="mr-1 text-sm font-medium">
        Start from
      </span>
      {shown.map((template) => {
        const ticked = ownOf(applyTemplate(draft, template.permissions, permissions));
        const whole = template.permissions === "all" ? permissions.length : template.permissions.length;
        const active = ticked.size === own.size && [...ticked].every((key) => own.has(key));
        const short =
          whole > ticked.size ? `${whole - ticked.size} left out: you do not hold them yourself.` : undefined;
        return (
          <Button
            key={template.key}
            size="small"
            aria-pressed={active}
            title={[template.description, short].filter(Boolean).join(" ") || undefined}
            onClick={() => props.onApply(template.permissions)}
            className={classNames(active && "border-accent! bg-accent-wash! text-accent!")}
          >
            {template.label}
            {whole > 0 && (
              <span className="font-normal tabular-nums">
                {ticked.size}
                {short && ` of ${whole}`}
              </span>
            )}
          </Button>
        );
      })}
    </fieldset>
  );
}
