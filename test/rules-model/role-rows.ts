import { createRole, deleteRole, editRole, reassignAndDeleteRole } from "#lib/roles/index.ts";
import { saveRegistration } from "#lib/settings/index.ts";
import type { Dice } from "./dice.ts";
import { exceedsGrants, may } from "./rights.ts";
import { row, someRole, someVersion } from "./row.ts";
import { givingRules, isSelf, rankRule, takingRules } from "./rules.ts";
import {
  type Caller,
  change,
  dropRole,
  endSessions,
  type ModelUser,
  putRole,
  rolesHeld,
  type World,
} from "./world.ts";

/** Grants without limits alone: base roles, hours, API access and limits of a role are still to be written. */
const administer = { as: "user", need: "manageRoles", dangerous: false, target: "role" } as const;

const newNames = ["crew1", "crew2", "crew3", "crew4", "crew5", "crew6", "CREW1", "bad name", "any"];

function somePermissions(dice: Dice, { permissions }: World, most: number): string[] {
  const count = dice.below(most + 1);
  return Array.from({ length: count }, () =>
    dice.chance(0.02) ? "ghost" : dice.pick([...permissions.keys()]),
  );
}

function grantingRules(world: World, caller: Caller, added: readonly string[]): string[] {
  const known = (key: string) => world.permissions.get(key)?.retired === false;
  const escalates =
    caller.kind === "user" &&
    exceedsGrants(world, caller.user, added) &&
    !may(world, caller.user, "grantBeyondOwn");
  return [...(added.every(known) ? [] : ["unknown_permission"]), ...(escalates ? ["escalation"] : [])];
}

/** A permission that the catalogue lost goes once no role holds it. */
export function forgetRetired(world: World): void {
  const held = (key: string) => [...world.roles.values()].some(({ grants }) => grants.has(key));
  world.permissions = new Map([...world.permissions].filter(([key, { retired }]) => !retired || held(key)));
}

interface NewRole {
  key: string;
  grants: string[];
}

const add = row({
  ...administer,
  command: createRole,
  weight: 8,
  input: (dice, world): NewRole => ({
    key: dice.pick(newNames),
    grants: somePermissions(dice, world, dice.chance(0.3) ? 12 : 3),
  }),
  aims: { "": ({ free }) => ({ key: free.username, grants: [] }) },
  refusals(world, caller, { key, grants }: NewRole) {
    const { customRoles } = world.catalogue;
    const same = (other: string) => other.toLowerCase() === key.toLowerCase();
    const taken = [...world.roles.keys(), ...customRoles.reserved].some(same);
    return [
      ...(customRoles.enabled ? [] : ["custom_roles_off"]),
      ...(new RegExp(customRoles.keyPattern, "u").test(key) ? [] : ["bad_role_name"]),
      ...(taken ? ["role_name_taken"] : []),
      ...grantingRules(world, caller, grants),
    ];
  },
  apply(world, _caller, { key, grants }: NewRole) {
    putRole(world, {
      ...{ key, builtIn: false, locked: false, superuser: false, blocking: false, guarded: false },
      ...{ rank: world.catalogue.customRoles.rank, except: [], inherits: [], edited: false, version: 1 },
      grants: new Map(grants.map((permission) => [permission, []])),
    });
  },
});

interface EditedRole {
  role: string;
  version: number;
  add: string[];
  remove: string[];
}

/** What is given already is not given again; what is both added and removed stays. */
function changesOf(world: World, input: EditedRole) {
  const grants = world.roles.get(input.role)?.grants ?? new Map();
  const added = [...new Set(input.add)].filter((key) => !grants.has(key));
  const removed = input.remove.filter((key) => !input.add.includes(key));
  return { grants, added, removed };
}

const edit = row({
  ...administer,
  command: editRole,
  weight: 14,
  input(dice, world): EditedRole {
    const role = someRole(dice, world);
    const present = world.roles.get(role);
    return {
      role,
      version: someVersion(dice, present?.version),
      add: somePermissions(dice, world, 3),
      remove: dice.some([...(present?.grants.keys() ?? [])], 0.2),
    };
  },
  aims: {
    "nothing changed": ({ role, roleVersion }) => ({ role, version: roleVersion, add: [], remove: [] }),
  },
  refusals(world, caller, input: EditedRole) {
    const role = world.roles.get(input.role);
    if (!role) return ["role_not_found"];
    return [
      ...(role.version === input.version ? [] : ["edit_conflict"]),
      ...(role.locked || role.superuser ? ["locked_role"] : []),
      ...grantingRules(world, caller, changesOf(world, input).added),
    ];
  },
  apply(world, _caller, input: EditedRole) {
    const role = world.roles.get(input.role);
    if (!role) return;
    const { grants, added, removed } = changesOf(world, input);
    const kept = [...grants].filter(([key]) => !removed.includes(key));
    putRole(world, {
      ...role,
      grants: new Map([...kept, ...added.map((key) => [key, []] as const)]),
      version: role.version + 1,
      edited: role.builtIn,
    });
    forgetRetired(world);
  },
});

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
    return { role, version, replacement: dice.chance(0.8) ? someRole(dice, world) : undefined };
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

export const roleRows = [add, edit, remove, reassign, registration];
