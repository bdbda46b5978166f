import { setRoleExpression } from "#lib/users/index.ts";
import type { Dice } from "./dice.ts";
import { applyForm, formRules, type Wanted } from "./edit-roles-row.ts";
import { row, someId, someRoles, someUser } from "./row.ts";
import { isSelf } from "./rules.ts";
import { about, administer } from "./user-rows.ts";
import { change, lastingOf, lastingRoles, type ModelUser, userById, type World } from "./world.ts";

interface Expressed {
  id: string;
  expression: string;
}

/** Role keys alone: what single permissions and aliases become is tested in lib/users. */
function someExpression(dice: Dice, world: World): string {
  const entries = someRoles(dice, world);
  if (dice.chance(0.03)) return dice.pick([",", ", ,"]);
  return [...entries, ...(dice.chance(0.08) ? ["nobody knows this"] : [])].join(dice.pick([",", ", "]));
}

/** One unknown entry, and only the role that takes every right away is left. */
function rolesOf({ roles, catalogue }: World, expression: string): string[] {
  const entries = expression.split(",").map((entry) => entry.trim());
  const blocking = catalogue.roles.find((role) => role.blocking)?.key ?? "";
  return entries.every((entry) => roles.has(entry)) ? [...new Set(entries)] : [blocking];
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
  refusals(world, caller, input: Expressed) {
    const { roleExpressions, roles } = world.catalogue;
    if (!roleExpressions || !roles.some(({ blocking }) => blocking)) return ["role_expressions_off"];
    if (/^[\s,]*$/.test(input.expression)) return ["empty_expression"];
    return about((_world, _caller, user) => [
      ...(isSelf(caller, user) ? ["own_role"] : []),
      ...formRules(world, caller, user, formOf(world, user, input)),
    ])(world, caller, input);
  },
  apply(world, _caller, input: Expressed) {
    const user = userById(world, input.id);
    if (!user) return;
    applyForm(world, formOf(world, user, input));
    change(world, user.username, { expression: input.expression });
  },
});

const single = ({ users }: World) => new Map([...users].filter(([, user]) => !holdsTwice(user)));
