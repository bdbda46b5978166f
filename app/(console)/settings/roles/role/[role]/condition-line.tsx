"use client";
import { Trash2 } from "lucide-react";
import { useId } from "react";
import { NativeSelect } from "#components/form/native-select.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { Condition } from "#lib/access/index.ts";
import type { EditedAttribute } from "#lib/roles/index.ts";
import { conditionOf, type Test, testsOf } from "./condition-tests.ts";
import { ConditionBound, ConditionValues } from "./condition-value.tsx";

/** "and Severity is one of …": one test of a limit. */
export function ConditionLine(props: {
  condition: Condition;
  attribute: EditedAttribute | undefined;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}) {
  const { condition, attribute, onChange } = props;
  const id = useId();
  const label = attribute?.label ?? condition.attribute;
  return (
    <div className="flex flex-col gap-2 border-l-2 border-line-strong pl-3">
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor={id} className="text-sm">
          and <span className="font-medium">{label}</span>
        </label>
        {attribute && (
          <NativeSelect
            id={id}
            options={testsOf(attribute)}
            value={condition.test}
            onChange={(event) => onChange(conditionOf(attribute, event.target.value as Test))}
            className="w-44"
          />
        )}
        {attribute && "value" in condition && (
          <ConditionBound condition={condition} attribute={attribute} onChange={onChange} />
        )}
        <IconButton
          label={`Remove the condition on ${label}`}
          icon={<Trash2 aria-hidden />}
          onClick={props.onRemove}
        />
      </div>
      {attribute && "values" in condition && (
        <ConditionValues condition={condition} attribute={attribute} onChange={onChange} />
      )}
      {!attribute && (
        <p className="text-xs text-high">The catalogue has no such attribute any more: nothing passes.</p>
      )}
    </div>
  );
}
