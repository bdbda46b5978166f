import { deleteRole, reassignAndDeleteRole } from "#lib/roles/index.ts";
import { saveRegistration } from "#lib/settings/index.ts";
import type { Dice } from "./dice.ts";
import { may } from "./rights.ts";
import { row, someRole, someVersion } from "./row.ts";
import { givingRules, isSelf, rankRule, takingRules } from "./rules.ts";
import {
  change,
  dropRole,
  endSessions,
  forgetRetired,
  type ModelUser,
  rolesHeld,
  type World,
} from "./world.ts";

const administer = { as: "user", need: "manageRoles", dangerous: false, target: "role" } as const;

interface OneRole {
  role: string;
  version: number;
}

const remove = row({
  ...administer,
  command: deleteRole,
  weight: 6,
  input(dice, world): OneRole {
    const role = someRole(dice, world);
    return { role, version: someVersion(dice, world.roles.get(role)?.version) };
  },
  aims: { "": ({ role, roleVersion }) => ({ role, version: roleVersion }) },
  refusals: (world, _caller, input: OneRole) => [
    ...stayingRules(world, input),
    ...(holders(world, input.role).length > 0 ? ["role_in_use"] : []),
  ],
  apply(world, _caller, { role }: OneRole) {
    dropRole(world, role);
    forgetRetired(world);
  },
});

/** Built in, inherited, default: the role stays, whoever holds it. */
function stayingRules(world: World, input: OneRole): string[] {
  const role = world.roles.get(input.role);
  if (!role) return ["role_not_found"];
  const inherited = [...world.roles.values()].some(({ inherits }) => inherits.includes(role.key));
  return [
    ...(role.version === input.version ? [] : ["edit_conflict"]),
    ...(role.builtIn ? ["built_in_role"] : []),
    ...(inherited ? ["role_inherited"] : []),
    ...(world.registration.role === role.key ? ["role_is_default"] : []),
  ];
}

const holders = (world: World, role: string): ModelUser[] =>
  [...world.users.values()].filter((user) => rolesHeld(user).includes(role));

interface Replaced extends OneRole {
  replacement?: string | undefined;
}

/** Without another role instead nobody may be left bare. */
function bareRules(world: World, { role }: Replaced): string[] {
  if (world.catalogue.assignment === "single") return ["single_role"];
  const bare = holders(world, role).some((user) => rolesHeld(user).every((one) => one === role));
  return bare ? ["last_role"] : [];
}

const reassign = row({
  ...administer,
  command: reassignAndDeleteRole,
  weight: 6,
  input(dice, world): Replaced {
    const custom = [...world.roles.values()].filter(({ builtIn }) => !builtIn);
    const role = custom.length > 0 && dice.chance(0.8) ? dice.pick(custom).key : someRole(dice, world);
    const version = someVersion(dice, world.roles.get(role)?.version);
    return { role, version, replacement: dice.chance(0.6) ? someRole(dice, world) : undefined };
  },
  aims: {
    "for another": ({ role, roleVersion }) => ({ role, version: roleVersion, replacement: "ghost" }),
    "for none": ({ role, roleVersion }) => ({ role, version: roleVersion }),
  },
  refusals(world, caller, input: Replaced) {
    const { role, replacement } = input;
    const manages = caller.kind !== "user" || may(world, caller.user, "manageUsers");
    return [
      ...(manages ? [] : ["missing_capability"]),
      ...stayingRules(world, input),
      ...holders(world, role).flatMap((user) => [
        ...(isSelf(caller, user) ? ["own_role"] : []),
        ...rankRule(world, caller, user),
      ]),
      ...takingRules(world, caller, role),
      ...(replacement === undefined ? bareRules(world, input) : givingRules(world, caller, replacement)),
      ...(replacement === role ? ["same_role"] : []),
    ];
  },
  people: ({ people }) => Number(people),
  apply(world, _caller, { role, replacement }: Replaced) {
    for (const user of holders(world, role)) {
      const others = user.assignments.filter((one) => one.role !== role);
      const moved = user.assignments
        .filter((one) => one.role === role && replacement !== undefined)
        .map((one) => ({ ...one, role: replacement as string, reason: undefined, temporary: undefined }));
      const has = others.some((one) => one.role === replacement);
      const assignments = has ? others : [...others, ...moved];
      change(world, user.username, { assignments, version: user.version + 1, expression: null });
      endSessions(world, world.users.get(user.username) as ModelUser);
    }
    dropRole(world, role);
    forgetRetired(world);
  },
});

/** Often a role that only stays because it is the default. */
function someDefault(dice: Dice, world: World): string {
  const custom = [...world.roles.values()].filter(({ builtIn }) => !builtIn);
  return custom.length > 0 && dice.chance(0.5) ? dice.pick(custom).key : someRole(dice, world);
}

interface Registration {
  enabled: boolean;
  role: string;
}

const registration = row({
  ...administer,
  command: saveRegistration,
  weight: 5,
  need: "manageSettings",
  input: (dice, world): Registration => ({
    enabled: dice.chance(0.6),
    role: dice.chance(0.3) ? world.registration.role : someDefault(dice, world),
  }),
  aims: { "": ({ role }) => ({ enabled: true, role }) },
  refusals(world, caller, { enabled, role }: Registration) {
    if (!world.roles.has(role)) return ["role_not_found"];
    const same = role === world.registration.role && (world.registration.enabled || !enabled);
    return same ? [] : givingRules(world, caller, role);
  },
  apply(world, _caller, { enabled, role }: Registration) {
    world.registration = { enabled, role };
  },
});

export const roleRows = [remove, reassign, registration];
