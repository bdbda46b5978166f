import { holds, rankOf, type Subject } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { DemoRole } from "./custom-roles.ts";
import { day, inWorkingHours } from "./people.ts";
import type { Random } from "./random.ts";
import type { DemoHolder } from "./role-shares.ts";
import type { DemoEvent } from "./trail.ts";

/** Attempts that the rules refused over the last months: guesses at passwords, and people who tried too much. */
export function refusedAttempts(
  random: Random,
  given: { holders: readonly DemoHolder[]; access: ActivePolicy; customRoles: readonly DemoRole[]; at: Date },
): DemoEvent[] {
  const { holders, access, customRoles, at } = given;
  const owner = holders[0] as DemoHolder;
  const settled = holders.filter(({ createdAt }) => at.getTime() - createdAt.getTime() > 130 * day);
  const ordinary = settled.filter(({ administrates }) => !administrates);
  const sometime = () => inWorkingHours(random, new Date(at.getTime() - (1 + random.next() * 120) * day));
  const about = ({ id, username }: DemoHolder) => ({ kind: "user", id, name: username });

  const mistyped = Array.from({ length: 45 }, (): DemoEvent => {
    const { address, username } = random.pick(settled);
    const target = { kind: "user", name: username };
    return {
      at: sometime(),
      action: "sign in",
      actor: undefined,
      address,
      reason: "bad_credentials",
      target,
    };
  });
  const guesses = ["admin", "root", "administrator", "test"].flatMap((name): DemoEvent[] => {
    const begun = sometime().getTime();
    const address = `203.0.113.${10 + random.below(200)}`;
    const target = { kind: "user", name };
    return Array.from({ length: 6 }, (_, index) => ({
      at: new Date(begun + index * 1_400),
      action: "sign in",
      actor: undefined,
      address,
      reason: index < 5 ? "bad_credentials" : "too_many_attempts",
      target,
    }));
  });
  const curious = ["add user", "add role", "edit user", "edit role", "save registration settings"].map(
    (action): DemoEvent => ({
      at: sometime(),
      action,
      actor: random.pick(ordinary),
      reason: "missing_capability",
    }),
  );
  const administrators = settled.filter(({ administrates }) => administrates);
  const ownRole = administrators.slice(0, 3).map(
    (actor): DemoEvent => ({
      at: sometime(),
      action: "edit user",
      actor,
      reason: "own_role",
      target: about(actor),
    }),
  );
  const outranked = administrators
    .filter((actor) => isOutranked(actor, owner, access, at))
    .map(
      (actor): DemoEvent => ({
        at: sometime(),
        action: "edit user",
        actor,
        reason: "rank",
        target: about(owner),
      }),
    );
  const inUse = customRoles.slice(0, 1).map(
    ({ id, key: name }): DemoEvent => ({
      at: sometime(),
      action: "delete role",
      actor: owner,
      reason: "role_in_use",
      target: { kind: "role", id, name },
    }),
  );
  return [...mistyped, ...guesses, ...curious, ...ownRole, ...outranked, ...inUse];
}

function isOutranked(
  actor: DemoHolder,
  by: DemoHolder,
  { policy, catalogue }: ActivePolicy,
  at: Date,
): boolean {
  const instant = at.getTime();
  const own = subjectOf(actor);
  if (holds(policy, catalogue.capabilities, own, "manageSuperusers", instant)) return false;
  return rankOf(policy, own, instant) < rankOf(policy, subjectOf(by), instant);
}

function subjectOf({ id, roles }: DemoHolder): Subject {
  return { id, active: true, assignments: roles.map((role) => ({ id: role, role })) };
}
