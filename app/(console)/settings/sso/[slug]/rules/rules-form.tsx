"use client";
import { Plus } from "lucide-react";
import { rulesForm } from "#app/(console)/settings/sso/actions.ts";
import type { Choice } from "#components/form/choice.ts";
import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { Button } from "#components/ui/button.tsx";
import type { RoleOffer } from "#lib/sso/index.ts";
import { ConfirmRules } from "./confirm-rules.tsx";
import type { RuleDraft } from "./rearranged.ts";
import { RuleRow } from "./rule-row.tsx";
import { TryRules } from "./try-rules.tsx";
import { useRules } from "./use-rules.ts";

export interface RulesProps {
  slug: string;
  version: number;
  stored: readonly RuleDraft[];
  /** A claim that was pressed: the start of a new rule. */
  pressed: { claim: string; value: string } | undefined;
  roles: readonly RoleOffer[];
  /** The number of the first one; those of the environment come before. */
  first: number;
  /** Whose claims they can be tried on. */
  against: readonly Choice[];
  why: string | undefined;
}

/** The rules in their order: arranged, tried and saved in one form. */
export function RulesForm(props: RulesProps) {
  return (
    <Form action={rulesForm} aria-label="Rules">
      <input type="hidden" name="slug" value={props.slug} />
      <input type="hidden" name="version" value={props.version} />
      <fieldset disabled={props.why !== undefined} className="flex min-w-0 flex-col gap-4">
        <Editor {...props} />
      </fieldset>
    </Form>
  );
}

function Editor({ stored, pressed, roles, first, against, why }: RulesProps) {
  const { rules, press, change, list } = useRules(stored, pressed);
  return (
    <>
      {rules.length === 0 ? (
        <p className="rounded-lg border border-dashed border-line-strong px-4 py-6 text-center text-sm text-soft">
          No rule yet. Make a test sign-in and press a claim, or write a rule by hand.
        </p>
      ) : (
        <ol ref={list} aria-label="Rules in order of precedence" start={first} className="grid gap-2">
          {rules.map((rule, index) => (
            <RuleRow
              key={rule.key}
              rule={rule}
              index={index}
              number={first + index}
              last={index === rules.length - 1}
              roles={roles}
              held={stored.some(({ role }) => role === rule.role)}
              press={press}
              change={change}
            />
          ))}
        </ol>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          name="press"
          value="add"
          icon={<Plus aria-hidden className="size-4" />}
          onClick={press}
          disabledReason={why}
        >
          Add rule
        </Button>
      </div>
      <ConfirmRules rules={rules} stored={stored} roles={roles} />
      <TryRules against={against} roles={roles} why={why} />
      <div>
        <SubmitButton disabledReason={why}>Save rules</SubmitButton>
      </div>
    </>
  );
}
