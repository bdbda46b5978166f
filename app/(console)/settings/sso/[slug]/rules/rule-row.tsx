"use client";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { type MouseEvent, type ReactNode, useId } from "react";
import { controlClass } from "#components/form/control-class.ts";
import { FieldError } from "#components/form/field-error.tsx";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { NativeSelect } from "#components/form/native-select.tsx";
import { DisabledButton } from "#components/ui/disabled-button.tsx";
import type { RoleOffer } from "#lib/sso/index.ts";
import type { RuleDraft } from "./rearranged.ts";
import type { EditedRule } from "./use-rules.ts";

/** One rule: a claim, the value that it has to hold, and the role that comes of it. */
export function RuleRow(props: {
  rule: EditedRule;
  index: number;
  number: number;
  last: boolean;
  roles: readonly RoleOffer[];
  /** A stored rule gives this role already, so it stays choosable. */
  held: boolean;
  press: (event: MouseEvent<HTMLButtonElement>) => void;
  change: (key: number, part: Partial<RuleDraft>) => void;
}) {
  const { rule, index, number, roles, press, change } = props;
  const name = `rules.${index}`;
  const edit = (part: Partial<RuleDraft>) => change(rule.key, part);
  return (
    <li className="flex flex-wrap items-start gap-2 rounded-lg border border-line-strong bg-surface p-3">
      <span aria-hidden className="w-6 pt-2 text-xs text-mute tabular-nums">
        {number}.
      </span>
      <div className="grid min-w-0 grow basis-64 gap-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_minmax(0,1fr)]">
        <Cell name={`${name}.claim`} label="Claim" number={number}>
          {(control) => (
            <input
              {...control}
              value={rule.claim}
              onChange={({ target }) => edit({ claim: target.value })}
              placeholder="groups"
              autoComplete="off"
              spellCheck={false}
              maxLength={200}
              className={`${controlClass} font-mono`}
            />
          )}
        </Cell>
        <Cell name={`${name}.value`} label="Value" number={number}>
          {(control) => (
            <input
              {...control}
              value={rule.value}
              onChange={({ target }) => edit({ value: target.value })}
              placeholder="it-admins"
              autoComplete="off"
              spellCheck={false}
              maxLength={500}
              className={`${controlClass} font-mono`}
            />
          )}
        </Cell>
        <Cell name={`${name}.role`} label="Role" number={number}>
          {(control) => (
            <NativeSelect
              {...control}
              value={rule.role}
              onChange={({ target }) => edit({ role: target.value })}
              placeholder="Choose a role"
              options={roles.map(({ key, label, why, danger }) => ({
                value: key,
                label,
                dangerous: danger !== undefined,
                disabledReason: props.held && key === rule.role ? undefined : why && "beyond your own rights",
              }))}
            />
          )}
        </Cell>
      </div>
      <div className="flex gap-0.5 pt-1 sm:pt-6">
        <Arrange
          value={`up:${index}`}
          label={`Move rule ${number} up`}
          press={press}
          why={index === 0 ? "It is the first already." : undefined}
        >
          <ArrowUp aria-hidden />
        </Arrange>
        <Arrange
          value={`down:${index}`}
          label={`Move rule ${number} down`}
          press={press}
          why={props.last ? "It is the last already." : undefined}
        >
          <ArrowDown aria-hidden />
        </Arrange>
        <Arrange value={`remove:${index}`} label={`Remove rule ${number}`} press={press} why={undefined}>
          <X aria-hidden />
        </Arrange>
      </div>
    </li>
  );
}

function Cell(props: {
  name: string;
  label: string;
  number: number;
  children: (control: {
    id: string;
    name: string;
    "aria-invalid": true | undefined;
    "aria-describedby": string | undefined;
  }) => ReactNode;
}) {
  const id = useId();
  const { errorsOf } = useFormKnowledge();
  const errors = errorsOf(props.name);
  const errorId = errors.length > 0 ? `${id}-error` : undefined;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-xs text-soft">
        {props.label}
        <span className="sr-only"> of rule {props.number}</span>
      </label>
      {props.children({
        id,
        name: props.name,
        "aria-invalid": errorId ? true : undefined,
        "aria-describedby": errorId,
      })}
      <FieldError id={errorId} errors={errors} />
    </div>
  );
}

const look =
  "inline-grid size-7 shrink-0 place-items-center rounded-md text-soft hover:bg-hover hover:text-ink active:bg-pressed pointer-coarse:size-10 [&_svg]:size-4";

/** Sends the form where no scripts run; there the server puts the list in its new order. */
function Arrange(props: {
  value: string;
  label: string;
  press: (event: MouseEvent<HTMLButtonElement>) => void;
  why: string | undefined;
  children: ReactNode;
}) {
  if (props.why)
    return (
      <DisabledButton
        aria-label={props.label}
        reason={props.why}
        className={`${look} cursor-not-allowed opacity-50 hover:bg-transparent`}
      >
        {props.children}
      </DisabledButton>
    );
  return (
    <button
      type="submit"
      name="press"
      value={props.value}
      aria-label={props.label}
      data-tooltip={props.label}
      onClick={props.press}
      className={look}
    >
      {props.children}
    </button>
  );
}
