"use client";
import { CheckboxGroupField } from "#components/form/choice-group.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** A tick for each dangerous role that would be given, with what it means; sent as `confirmed`. */
export function ConfirmDangers(props: {
  roles: readonly { key: string; label: string; danger?: string | undefined }[];
  whom: string;
}) {
  const dangerous = [...new Map(props.roles.map((role) => [role.key, role])).values()].filter(
    ({ danger }) => danger !== undefined,
  );
  if (dangerous.length === 0) return null;
  return (
    <Notice kind="warning" title="Dangerous">
      <CheckboxGroupField
        name="confirmed"
        label="Confirm that you mean it"
        options={dangerous.map(({ key, label, danger }) => ({
          value: key,
          label: `Yes, give ${props.whom} the role ${label}`,
          description: danger,
        }))}
      />
    </Notice>
  );
}
