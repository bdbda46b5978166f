import type { RoleChange, RoleState } from "./role-change.ts";

const grantsOf = ({ grants }: RoleState) => [...grants.keys()].sort();

/** What the trail keeps of a change: the grants always, the rest where it changed. */
export function changeInTrail(change: RoleChange) {
  const { before, after, added, removed, limited, addedBases, removedBases } = change;
  const limitsOf = (state: RoleState, keys: readonly string[]) =>
    Object.fromEntries(
      keys.flatMap((key) => {
        const limits = state.grants.get(key) ?? [];
        return limits.length > 0 || limited.includes(key) ? [[key, limits]] : [];
      }),
    );
  const stateOf = (state: RoleState, limits: object) => ({
    grants: grantsOf(state),
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(addedBases.length + removedBases.length > 0 && { bases: [...state.bases].sort() }),
    ...(change.window && { window: state.window ?? null }),
    ...(change.api && { api: state.api }),
  });
  return {
    before: stateOf(before, limitsOf(before, [...removed, ...limited])),
    after: { ...stateOf(after, limitsOf(after, [...added, ...limited])), added, removed },
  };
}
