"use client";
import { CheckboxGroupField } from "#components/form/choice-group.tsx";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { RoleOffer } from "#lib/sso/index.ts";
import type { RuleDraft } from "./rearranged.ts";

/** Asks for a tick for each dangerous role that a new rule gives; for all of them once the server asks. */
export function ConfirmRules(props: {
  rules: readonly RuleDraft[];
  stored: readonly RuleDraft[];
  roles: readonly RoleOffer[];
}) {
  const { answer } = useFormKnowledge();
  const asked = answer.reason === "confirmation_required";
  const isStored = (rule: RuleDraft) =>
    props.stored.some(
      ({ claim, value, role }) => claim === rule.claim && value === rule.value && role === rule.role,
    );
  const given = new Set(props.rules.filter((rule) => asked || !isStored(rule)).map(({ role }) => role));
  const dangerous = props.roles.filter(({ key, danger }) => danger && given.has(key));
  if (dangerous.length === 0) return null;
  return (
    <Notice kind="warning" title="Dangerous">
      <CheckboxGroupField
        name="confirmed"
        label="Confirm that you mean it"
        options={dangerous.map(({ key, label, danger }) => ({
          value: key,
          label: `Yes, give whoever these rules fit the role ${label}`,
          description: danger,
        }))}
      />
    </Notice>
  );
}
