import type { ApiAccess, Window } from "#lib/access/index.ts";
import { createRole, editRole } from "#lib/roles/index.ts";
import type { Dice } from "./dice.ts";
import { isPlain } from "./given.ts";
import { hours } from "./hours.ts";
import { someLimits } from "./limits.ts";
import { type Changes, changedRole, changeRules, newRole, noChanges } from "./role-change.ts";
import { row, someRole, someVersion } from "./row.ts";
import { copyOf, forgetRetired, type ModelRole, madeBy, putRole, type World } from "./world.ts";

const administer = { as: "user", need: "manageRoles", dangerous: false, target: "role" } as const;

const newNames = ["crew1", "crew2", "crew3", "crew4", "crew5", "crew6", "CREW1", "bad name", "any"];

const ways: ApiAccess[] = ["full", "read_only", "none", { endpoints: ["GET /users"] }];

const somePermission = (dice: Dice, { permissions }: World): string =>
  dice.chance(0.02) ? "ghost" : dice.pick([...permissions.keys()]);

const somePermissions = (dice: Dice, world: World, most: number): string[] =>
  Array.from({ length: dice.below(most + 1) }, () => somePermission(dice, world));

const someWindow = (dice: Dice): Window => ({
  ...dice.pick(hours),
  ...(dice.chance(0.25) && { timeZone: "Mars/Olympus" }),
});

const someConfirmation = (dice: Dice) => (dice.chance(0.12) ? { confirmed: [] } : {});

/** Built-in roles keep their hours: a catalogue that comes back could put hours under hours under hours. */
function someHow(dice: Dice, builtIn: boolean): Pick<Changes, "window" | "api"> {
  return {
    ...(!builtIn && dice.chance(0.2) && { window: dice.chance(0.4) ? null : someWindow(dice) }),
    ...(dice.chance(0.15) && { api: dice.pick(ways) }),
  };
}

/** Leaves base roles and hours out where they would put hours under hours under hours. */
function plainly<Input extends Changes>(world: World, role: ModelRole, changes: Input): Input {
  const after = copyOf(world);
  putRole(after, changedRole(role, changes));
  const { window: _, ...others } = changes;
  return isPlain(after) ? changes : ({ ...others, addBases: [] } as Changes as Input);
}

interface NewRole extends Omit<Changes, "add" | "remove" | "addBases" | "removeBases"> {
  key: string;
  grants: string[];
  bases: string[];
}

const changesOf = ({ grants, bases, ...how }: Omit<NewRole, "key">): Changes => ({
  ...{ ...noChanges, ...how, add: grants, addBases: bases },
});

const add = row({
  ...administer,
  command: createRole,
  weight: 8,
  input(dice, world): NewRole {
    const key = dice.pick(newNames);
    const { attributes } = world.catalogue;
    const changes = plainly(world, newRole(world, key), {
      ...{ ...noChanges, ...someHow(dice, false), ...someConfirmation(dice) },
      add: somePermissions(dice, world, dice.chance(0.3) ? 12 : 3),
      addBases: dice.chance(0.25) ? [someRole(dice, world)] : [],
      ...(dice.chance(0.2) && {
        limit: [{ permission: somePermission(dice, world), limits: someLimits(dice, attributes) }],
      }),
    });
    const { add: grants, addBases: bases, remove: _, removeBases: __, ...how } = changes;
    return { key, grants, bases, ...how };
  },
  aims: {
    "": ({ free }) => ({ key: free.username, grants: [], bases: [], limit: [] }),
    "inheriting it": ({ free, role }) => ({ key: free.username, grants: [], bases: [role], limit: [] }),
  },
  refusals(world, caller, { key, ...given }: NewRole) {
    const { customRoles } = world.catalogue;
    const same = (other: string) => other.toLowerCase() === key.toLowerCase();
    const taken = [...world.roles.keys(), ...customRoles.reserved].some(same);
    return [
      ...(customRoles.enabled ? [] : ["custom_roles_off"]),
      ...(new RegExp(customRoles.keyPattern, "u").test(key) ? [] : ["bad_role_name"]),
      ...(taken ? ["role_name_taken"] : []),
      ...changeRules(world, caller, newRole(world, key), changesOf(given)),
    ];
  },
  apply: (world, _caller, { key, ...given }: NewRole) =>
    putRole(world, changedRole(newRole(world, key), changesOf(given))),
});

/** Mostly one that may be edited. */
function someEditable(dice: Dice, world: World): string {
  const free = [...world.roles.values()].filter(({ locked, superuser }) => !locked && !superuser);
  return free.length > 0 && dice.chance(0.6) ? dice.pick(free).key : someRole(dice, world);
}

interface EditedRole extends Changes {
  role: string;
  version: number;
}

/** Some of what it has is taken away or limited otherwise. */
function someChanges(dice: Dice, world: World, role: ModelRole): Changes {
  const [held, { attributes }] = [[...role.grants.keys()], world.catalogue];
  return {
    ...{ ...someHow(dice, role.builtIn), ...someConfirmation(dice) },
    add: somePermissions(dice, world, 3),
    remove: dice.some(held, 0.2),
    limit: dice
      .some(held, 0.1)
      .slice(0, 3)
      .map((permission) => ({ permission, limits: someLimits(dice, attributes) })),
    addBases: dice.chance(0.3) ? [someRole(dice, world)] : [],
    removeBases: dice.some(role.inherits, 0.3),
  };
}

const edit = row({
  ...administer,
  command: editRole,
  weight: 18,
  input(dice, world): EditedRole {
    const key = someEditable(dice, world);
    const role = world.roles.get(key);
    const which = { role: key, version: someVersion(dice, role?.version) };
    return role
      ? { ...which, ...plainly(world, role, someChanges(dice, world, role)) }
      : { ...which, ...noChanges };
  },
  aims: {
    "nothing changed": ({ role, roleVersion: version }) => ({ ...noChanges, role, version }),
    "inheriting another": ({ role, roleVersion: version, other }) => ({
      ...{ ...noChanges, role, version, addBases: [other] },
    }),
  },
  refusals(world, caller, input: EditedRole) {
    const role = world.roles.get(input.role);
    if (!role) return ["role_not_found"];
    return [
      ...(role.version === input.version ? [] : ["edit_conflict"]),
      ...(role.key.startsWith(madeBy) ? ["expression_role"] : []),
      ...(role.locked || role.superuser ? ["locked_role"] : []),
      ...changeRules(world, caller, role, input),
    ];
  },
  apply(world, _caller, input: EditedRole) {
    const role = world.roles.get(input.role);
    if (!role) return;
    putRole(world, { ...changedRole(role, input), version: role.version + 1, edited: role.builtIn });
    forgetRetired(world);
  },
});

export const changeRoleRows = [add, edit];
