"use client";
import { FilteredTicks } from "#components/form/filtered-ticks.tsx";
import { Link } from "#components/ui/link.tsx";
import type { EditedAttribute } from "#lib/roles/index.ts";

/** Some of the values, or groups of values, that are managed for an attribute. */
export function ManagedTicks(props: {
  attribute: EditedAttribute;
  test: "in" | "inGroup";
  values: readonly string[];
  onChange: (values: string[]) => void;
}) {
  const { attribute, test, values } = props;
  const groups = test === "inGroup";
  const known = (groups ? attribute.groups : attribute.known) ?? [];
  const what = groups ? `${attribute.label} groups` : attribute.label;
  if (known.length === 0)
    return (
      <p className="text-sm text-mute">
        There is nothing to choose from yet.{" "}
        <Link
          href={`/settings/attributes/${encodeURIComponent(attribute.key)}${groups ? "/groups" : ""}`}
          className="text-accent underline"
        >
          Managed Lists, {what}
        </Link>
      </p>
    );
  return (
    <FilteredTicks
      what={what}
      options={known.map(({ key, label }) => ({
        value: key,
        label,
        description: groups ? membersOf(attribute, key) : undefined,
      }))}
      ticked={values}
      onTick={(value, on) => props.onChange(on ? [...values, value] : values.filter((one) => one !== value))}
    />
  );
}

function membersOf({ groups = [], known = [] }: EditedAttribute, key: string): string {
  const members = groups.find((group) => group.key === key)?.members ?? [];
  const labels = members.map((member) => known.find((value) => value.key === member)?.label ?? member);
  if (labels.length === 0) return "Nothing in it yet";
  return labels.length > 4
    ? `${labels.slice(0, 4).join(", ")} and ${labels.length - 4} more`
    : labels.join(", ");
}
