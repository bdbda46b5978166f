import { createHash } from "node:crypto";
import { setRoleExpression } from "#lib/users/index.ts";
import type { Dice } from "./dice.ts";
import { applyForm, formRules, type Wanted } from "./edit-roles-row.ts";
import { newRole } from "./role-change.ts";
import { everythingIn, row, someId, someRoles, someUser } from "./row.ts";
import { isSelf } from "./rules.ts";
import { about, administer } from "./user-rows.ts";
import {
  change,
  copyOf,
  lastingOf,
  lastingRoles,
  type ModelRole,
  type ModelUser,
  madeBy,
  putRole,
  userById,
  type World,
} from "./world.ts";

interface Expressed {
  id: string;
  expression: string;
}

/** Roles, single permissions and aliases, in whatever case; now and then what nobody knows. */
function someExpression(dice: Dice, world: World): string {
  const { aliases } = world.catalogue;
  const entries = [
    ...(dice.chance(0.75) ? someRoles(dice, world) : []),
    ...(dice.chance(0.4) ? [dice.pick([...world.permissions.keys()])] : []),
    ...(aliases.length > 0 && dice.chance(0.2) ? [dice.pick(aliases).key] : []),
    ...(dice.chance(0.06) ? ["nobody knows this"] : []),
  ];
  if (entries.length === 0 || dice.chance(0.03)) return dice.pick([",", ", ,"]);
  return entries
    .map((entry) => (dice.chance(0.1) ? entry.toUpperCase() : entry))
    .join(dice.pick([",", ", "]));
}

type Meaning = { role: string } | { permissions: readonly string[] };

/** A role before an alias, an alias before a permission; the exact spelling first, else the only one that differs in case. */
function meaningOf({ roles, catalogue }: World, entry: string): Meaning | undefined {
  const spelled = <T extends { key: string }>(all: readonly T[]): T | undefined => {
    const alike = all.filter(({ key }) => key.toLowerCase() === entry.toLowerCase());
    return alike.find(({ key }) => key === entry) ?? (alike.length === 1 ? alike[0] : undefined);
  };
  const role = spelled([...roles.values()].filter(({ key }) => !key.startsWith(madeBy)));
  if (role) return { role: role.key };
  const alias = spelled(catalogue.aliases);
  if (alias) return alias;
  const permission = spelled(catalogue.permissions);
  return permission && { permissions: [permission.key] };
}

/** The role of exactly these permissions, whoever wrote them in whatever order. */
function roleOf(world: World, permissions: readonly string[]): ModelRole {
  const { catalogue, roles } = world;
  const grants = catalogue.permissions.map(({ key }) => key).filter((key) => permissions.includes(key));
  const list = grants.join("+");
  const short = madeBy + list;
  const digest = createHash("sha256").update(list).digest("hex").slice(0, 40);
  const key = short.length <= 100 ? short : madeBy + digest;
  return roles.get(key) ?? { ...newRole(world, key), grants: new Map(grants.map((one) => [one, []])) };
}

const blockingRole = ({ catalogue }: World): string[] =>
  catalogue.roles
    .filter(({ blocking }) => blocking)
    .slice(0, 1)
    .map(({ key }) => key);

/** One unknown entry, and only the role that takes every right away is left. */
function read(world: World, expression: string): { roles: string[]; made?: ModelRole } {
  const entries = expression.split(",").map((entry) => entry.trim());
  while (entries.at(-1) === "") entries.pop();
  const meanings = entries.map((entry) => meaningOf(world, entry));
  if (meanings.includes(undefined)) return { roles: blockingRole(world) };
  const roles = meanings.flatMap((one) => (one && "role" in one ? [one.role] : []));
  const permissions = meanings.flatMap((one) => (one && "permissions" in one ? one.permissions : []));
  if (permissions.length === 0) return { roles: [...new Set(roles)] };
  const made = roleOf(world, permissions);
  return { roles: [...new Set([...roles, made.key])], made };
}

const rolesOf = (world: World, expression: string): string[] => read(world, expression).roles;

/** The world with the role in it that single permissions become. */
function withMade(world: World, expression: string): World {
  const { made } = read(world, expression);
  const next = copyOf(world);
  if (made && !world.roles.has(made.key)) putRole(next, made);
  return next;
}

/** As a form: for good and at every hour, whatever it was before. */
function formOf(world: World, user: ModelUser, { id, expression }: Expressed) {
  const lasting = lastingOf(user);
  const assignments = rolesOf(world, expression).map((role): Wanted => {
    const held = lasting.findIndex((one) => one.role === role);
    return held < 0 ? { role } : { role, held, reason: lasting[held]?.reason };
  });
  return { id, version: user.version, assignments };
}

/** Of a role that is held twice nothing says which one stays. */
const holdsTwice = (user: ModelUser) => new Set(lastingRoles(user)).size < lastingRoles(user).length;

export const expressionRow = row({
  ...administer,
  command: setRoleExpression,
  weight: 8,
  dangerous: false,
  input(dice, world): Expressed {
    const user = someUser(dice, world);
    const id =
      holdsTwice(user) || dice.chance(0.01) ? someId(dice, { ...world, users: single(world) }) : user.id;
    return { id, expression: someExpression(dice, world) };
  },
  aims: {
    "the role": ({ user, role }) => ({ id: user.id, expression: role }),
    unknown: ({ user }) => ({ id: user.id, expression: "nobody knows this" }),
  },
  /** A role that is still to be made is confirmed as well. */
  complete: async (input: Expressed, _sql, world) => ({
    ...input,
    confirmed: [...everythingIn(world), ...rolesOf(world, input.expression)],
  }),
  refusals(world, caller, input: Expressed) {
    const { roleExpressions, roles } = world.catalogue;
    if (!roleExpressions || !roles.some(({ blocking }) => blocking)) return ["role_expressions_off"];
    if (/^[\s,]*$/.test(input.expression)) return ["empty_expression"];
    return about((_world, _caller, user) => {
      const after = withMade(world, input.expression);
      const self = isSelf(caller, user) ? ["own_role"] : [];
      return [...self, ...formRules(after, caller, user, formOf(after, user, input))];
    })(world, caller, input);
  },
  apply(world, _caller, input: Expressed) {
    const user = userById(world, input.id);
    if (!user) return;
    world.roles = withMade(world, input.expression).roles;
    applyForm(world, formOf(world, user, input));
    change(world, user.username, { expression: input.expression });
  },
});

const single = ({ users }: World) => new Map([...users].filter(([, user]) => !holdsTwice(user)));
