"use client";
import { useMemo, useRef, useState } from "react";
import type { ApiAccess, Limit, Window } from "#lib/access/index.ts";
import type { RoleDetails } from "#lib/roles/index.ts";
import { isIncomplete } from "./access-level.ts";
import { type ManagedRule, ruledKeys, ruleOf, withRule } from "./managed-rule.ts";
import { changedSince, changesOf, draftedRole, isChanged, type RoleDraft, untouched } from "./role-draft.ts";

function missingIn({ grants, window }: Pick<ReturnType<typeof draftedRole>, "grants" | "window">) {
  if (Object.values(grants).some(isIncomplete)) return "A condition has no value yet.";
  return window?.days.length === 0 ? "The hours have no day yet." : undefined;
}

/** The draft of a role and every way to change it. */
export function useRoleDraft(role: RoleDetails) {
  const [draft, setDraft] = useState<RoleDraft>(untouched);
  const sent = useRef(untouched);
  const drafted = useMemo(() => draftedRole(role, draft), [role, draft]);
  const changes = useMemo(() => changesOf(role, draft), [role, draft]);
  const changed = isChanged(changes);

  const grant = (entries: Record<string, Limit[] | null>) =>
    setDraft((now) => ({ ...now, grants: { ...now.grants, ...entries } }));
  const managed = role.attributes.filter(({ kind }) => kind === "managed");

  /** A permission that is new to the role keeps to the rules that hold for all its others. */
  function withRules(key: string, limits: Limit[]): Limit[] {
    if (key in drafted.grants || role.guarding.includes(key)) return limits;
    return managed.reduce(
      (now, { key: attribute }) => withRule(attribute, ruleOf(attribute, drafted.grants, role.guarding), now),
      limits,
    );
  }

  return {
    role,
    ...drafted,
    managed,
    changes,
    changed,
    /** What has to be filled in before this can be saved. */
    missing: missingIn(drafted),
    editable: role.edit.allowed,
    setLimits: (key: string, limits: Limit[] | null) => grant({ [key]: limits && withRules(key, limits) }),
    setMany: (entries: Record<string, Limit[] | null>) =>
      grant(
        Object.fromEntries(
          Object.entries(entries).map(([key, limits]) => [key, limits && withRules(key, limits)]),
        ),
      ),
    setRule: (attribute: string, rule: ManagedRule) =>
      grant(
        Object.fromEntries(
          ruledKeys(drafted.grants, role.guarding).map((key) => [
            key,
            withRule(attribute, rule, drafted.grants[key] ?? []),
          ]),
        ),
      ),
    setBase: (key: string, on: boolean) =>
      setDraft((now) => ({ ...now, bases: { ...now.bases, [key]: on } })),
    setWindow: (window: Window | null) => setDraft((now) => ({ ...now, window })),
    setApi: (api: ApiAccess) => setDraft((now) => ({ ...now, api })),
    discard: () => setDraft(untouched),
    send: () => {
      sent.current = draft;
    },
    /** What was sent is saved; what was changed while it was under way is still to be. */
    settle: () => setDraft((now) => changedSince(sent.current, now)),
  };
}

export type RoleDraftState = ReturnType<typeof useRoleDraft>;
