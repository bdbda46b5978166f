import { activity } from "./activity.ts";
import { hasBit } from "./bits.ts";
import type { CompiledRole, Policy, Prepared, Way } from "./compiled.ts";
import type { Path } from "./decision.ts";
import { givingTrails, grantsOf, keysOf } from "./holdings.ts";

/** The first path that gives a permission without limits: by bit tests, where no windowed role is inherited. */
export function pathInFull({ policy, held }: Prepared, bit: number, at: number): Path | undefined {
  for (const { assignment, role } of held) {
    if (role.gated.length === 0 && !hasBit(role.full, bit)) continue;
    if (activity(assignment, role.window, at) !== "active") continue;
    const way = role.gated.length === 0 ? knownWay(policy, role, bit, at) : findWay(policy, role, bit, at);
    if (way) return { assignment: assignment.id, roles: way.roles, grant: way.grant };
  }
  return undefined;
}

/** Without windows the way is always the same, so each is looked for once. */
function knownWay(policy: Policy, role: CompiledRole, bit: number, at: number): Way | undefined {
  role.known.ways ??= new Map();
  const known = role.known.ways.get(bit);
  if (known !== undefined) return known;
  const way = findWay(policy, role, bit, at);
  if (way) role.known.ways.set(bit, way);
  return way;
}

function findWay(policy: Policy, from: CompiledRole, bit: number, at: number): Way | undefined {
  for (const trail of givingTrails(policy, from, bit, at)) {
    const { superuser } = trail.role;
    if (superuser !== undefined && hasBit(superuser, bit)) return { roles: Object.freeze(keysOf(trail)) };
    const grant = grantsOf(policy, trail.role, bit).find(({ limits }) => limits.length === 0);
    if (grant) return { roles: Object.freeze(keysOf(trail)), grant: policy.keys[grant.bit] };
  }
  return undefined;
}
