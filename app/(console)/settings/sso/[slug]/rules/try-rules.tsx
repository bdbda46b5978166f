"use client";
import { useId } from "react";
import type { Choice } from "#components/form/choice.ts";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { SelectField } from "#components/form/select-field.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RoleChip } from "#components/ui/role-chip.tsx";
import type { RoleOffer, Tried } from "#lib/sso/index.ts";
import { unreadWords } from "./unread-words.ts";

/** What the rules of the form, saved or not, would make of somebody. */
export function TryRules(props: {
  against: readonly Choice[];
  roles: readonly RoleOffer[];
  why: string | undefined;
}) {
  const { answer } = useFormKnowledge();
  const id = useId();
  const tried = answer.details?.tried as Tried | undefined;
  const none =
    props.against.length === 0 ? "Make a test sign-in first: there are no claims to try them on." : undefined;
  return (
    <section aria-labelledby={id} className="rounded-xl border border-line bg-sunken p-4">
      <h3 id={id} className="text-sm font-semibold">
        Try the rules as they stand here
      </h3>
      <div className="mt-2 flex flex-wrap items-end gap-2">
        <div className="min-w-0 grow basis-56">
          <SelectField
            name="against"
            label="On the claims of"
            options={props.against}
            placeholder={none ? "Nobody yet" : undefined}
            required
          />
        </div>
        <SubmitButton name="press" value="try" variant="secondary" disabledReason={props.why ?? none}>
          Try
        </SubmitButton>
      </div>
      <div role="status" className="empty:hidden mt-3 text-sm">
        {tried && <Outcome tried={tried} roles={props.roles} />}
      </div>
    </section>
  );
}

function Outcome({ tried, roles }: { tried: Tried; roles: readonly RoleOffer[] }) {
  const { who, by, byDefault, unread, skipped } = tried;
  const labelOf = (key: string) => roles.find((role) => role.key === key)?.label ?? key;
  if (unread)
    return (
      <Notice kind="warning" reason={unread.why} title="Roles would stay as they are">
        {unreadWords(unread.why, unread.claim)}
      </Notice>
    );
  return (
    <>
      <p className="flex flex-wrap items-center gap-1.5">
        <span className="first-letter:uppercase">{who}</span> would hold
        {tried.roles.length === 0
          ? " no role"
          : tried.roles.map(({ key, label }) => <RoleChip key={key} label={label} />)}
      </p>
      {byDefault ? (
        <p className="mt-1 text-soft">No rule fits, so the default role counts.</p>
      ) : (
        <ul className="mt-1 text-soft">
          {by.map(({ claim, value, role }) => (
            <li key={`${claim} ${value} ${role}`}>
              <code className="font-mono text-xs">
                {claim} = {value}
              </code>{" "}
              gives {labelOf(role)}
            </li>
          ))}
        </ul>
      )}
      {skipped > 0 && (
        <p className="mt-1 text-mute">
          {skipped === 1 ? "One rule that is" : `${skipped} rules that are`} not finished left out.
        </p>
      )}
    </>
  );
}
