import { givenBy } from "#lib/access/index.ts";
import {
  dangerWords,
  givingRefusal,
  lastingRows,
  ownRoleRefusal,
  ruledRoles,
  takingRefusal,
} from "#lib/assignments/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { presetOf } from "./apply-preset.ts";
import { previewPresetSchema } from "./schema.ts";

interface NamedRole {
  key: string;
  label: string;
  /** What giving it means, where that has to be confirmed. */
  danger: string | undefined;
}

/** What applying a preset would do to somebody. */
export interface PresetPreview {
  preset: { key: string; label: string; description: string };
  added: NamedRole[];
  removed: NamedRole[];
  kept: NamedRole[];
  /** Labels of permissions; what a role gives at some hour counts as given. */
  gained: string[];
  lost: string[];
  /** Of those gained. */
  dangerous: string[];
  /** The first rule that would refuse it. */
  why: string | undefined;
}

/** Looks at a preset before it is applied, to somebody or to somebody who is not there yet. */
export const previewPreset = defineQuery({
  name: "preview access preset",
  needs: "viewUsers",
  input: previewPresetSchema,
  async run({ reader, actor, at }, { id, preset: key }): Promise<PresetPreview> {
    const { access } = requireUser(actor);
    const { roles, ...preset } = presetOf(access.catalogue.presets, key);
    const held = id ? (await lastingRows(reader, id, new Date(at))).map(({ role }) => role) : [];
    const wanted = await ruledRoles(reader, roles, "preset");
    const added = wanted.filter((role) => !held.some((one) => one.key === role.key));
    const removed = held.filter((role) => !roles.includes(role.key));
    const before = permissionsOf(access, held);
    const after = permissionsOf(access, wanted);
    const gained = access.catalogue.permissions.filter((one) => after.has(one.key) && !before.has(one.key));
    return {
      preset,
      added: added.map((role) => named(access, role)),
      removed: unique(removed).map((role) => named(access, role)),
      kept: wanted.filter((role) => !added.includes(role)).map((role) => named(access, role)),
      gained: gained.map(({ label }) => label),
      lost: access.catalogue.permissions
        .filter((one) => before.has(one.key) && !after.has(one.key))
        .map(({ label }) => label),
      dangerous: gained.filter((one) => one.dangerous).map(({ label }) => label),
      why: whyNot(actor, id, added, removed, at),
    };
  },
});

type Ruled = Awaited<ReturnType<typeof ruledRoles>>[number];

function whyNot(
  actor: Actor,
  id: string | undefined,
  added: readonly Ruled[],
  removed: readonly Ruled[],
  at: number,
): string | undefined {
  if (added.length + removed.length === 0) return undefined;
  const refusals = [
    id === undefined ? undefined : ownRoleRefusal(actor, id),
    ...added.map((role) => givingRefusal(actor, role, at)),
    ...removed.map((role) => takingRefusal(actor, role, at)),
  ];
  return refusals.find((refusal) => refusal !== undefined)?.message;
}

const permissionsOf = ({ policy }: ActivePolicy, roles: readonly { key: string }[]): Set<string> =>
  new Set(roles.flatMap(({ key }) => [...givenBy(policy, key).keys()]));

const unique = (roles: readonly Ruled[]): Ruled[] => [
  ...new Map(roles.map((role) => [role.key, role])).values(),
];

const named = (access: ActivePolicy, { key, label }: Ruled): NamedRole => ({
  key,
  label,
  danger: dangerWords(access, key),
});
