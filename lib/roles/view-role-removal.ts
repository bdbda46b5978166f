import { z } from "zod";
import { emptyingRefusal, holdersOf, ruledRoles, takingAwayRefusal } from "#lib/assignments/index.ts";
import { can } from "#lib/kernel/actor.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { stayingRefusal } from "./remove-role.ts";
import { choicesFor, type RoleChoice } from "./role-choices.ts";
import { manageUsersRefusal, mayManageRoles } from "./role-refusals.ts";

/** What the delete dialog of a role needs: who holds it, and what they can get instead. */
export interface RoleRemoval {
  key: string;
  label: string;
  version: number;
  people: number;
  /** The first of them, for whoever may see users; empty for others. */
  names: string[];
  /** May the list of them be opened? */
  mayView: boolean;
  choices: RoleChoice[];
  /** Why it cannot just be taken away from everybody. */
  takeAwayWhy?: string;
  /** Why it cannot be deleted at all, by this actor. */
  why?: string;
}

const named = 5;

export const viewRoleRemoval = defineQuery({
  name: "view removal of role",
  needs: "manageRoles",
  input: z.object({ role: z.string().max(100) }),
  async run(context, input): Promise<RoleRemoval> {
    const { reader, actor, at } = context;
    const role = await reader.role.findUnique({
      where: { key: input.role },
      select: {
        id: true,
        key: true,
        label: true,
        version: true,
        builtIn: true,
        locked: true,
        superuser: true,
      },
    });
    if (!role) throw new AppError("not_found", "role_not_found", `There is no role ${input.role}.`);
    const [ruled] = await ruledRoles(reader, [role.key]);
    const holders = await holdersOf(reader, role.id, at);
    const { assignment } = requireUser(actor).access.catalogue;
    const mayView = can(actor, "viewUsers", at);
    const held = holders.length > 0 && ruled;
    const stays =
      (await stayingRefusal(reader, role)) ??
      (held ? (manageUsersRefusal(actor, at) ?? emptyingRefusal(actor, ruled, holders, at)) : undefined);
    const why = mayManageRoles(actor, at) ?? stays?.message;
    // It names people, too.
    const takeAway = held && mayView ? takingAwayRefusal(assignment, ruled, holders) : undefined;
    return {
      key: role.key,
      label: role.label,
      version: role.version,
      people: holders.length,
      names: mayView ? holders.slice(0, named).map((one) => one.givenName || one.username) : [],
      mayView,
      choices: held ? (await choicesFor(context)).filter(({ key }) => key !== role.key) : [],
      ...(takeAway && { takeAwayWhy: takeAway.message }),
      ...(why && { why }),
    };
  },
});
