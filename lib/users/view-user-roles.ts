import {
  type AssignmentView,
  loadSubject,
  ownRoleRefusal,
  type Places,
  placesOf,
  takingRefusal,
  viewHeld,
} from "#lib/assignments/index.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { whysFor } from "./rules.ts";
import { userIdSchema } from "./schema.ts";

export interface UserRoles {
  id: string;
  username: string;
  name: string;
  version: number;
  active: boolean;
  assignments: AssignmentView[];
  /** Where they belong. */
  places: Places;
  presets: { key: string; label: string; description: string }[];
  single: boolean;
  /** Whether their roles can be written as an expression too. */
  expressions: boolean;
  editWhy: string | undefined;
}

/** What somebody holds, from where, when and in which places, and what may be done about it. */
export const viewUserRoles = defineQuery({
  name: "view roles of user",
  needs: "viewUsers",
  input: userIdSchema,
  async run({ reader, actor, at }, { id }): Promise<UserRoles> {
    const { access } = requireUser(actor);
    const { catalogue } = access;
    const user = await reader.user.findUnique({
      where: { id },
      select: {
        id: true,
        username: true,
        name: true,
        version: true,
        active: true,
      },
    });
    if (!user)
      throw new AppError("not_found", "user_not_found", "There is no such user: they may have been deleted.");
    const subject = await loadSubject(reader, user, at);
    const { editWhy } = whysFor(actor, { name: user.username, active: user.active, subject, held: [] }, at);
    return {
      ...user,
      assignments: await viewHeld(reader, access, id, at, (role) => takingRefusal(actor, role, at)?.message),
      places: await placesOf(reader, id),
      presets: catalogue.presets.map(({ key, label, description }) => ({ key, label, description })),
      single: catalogue.assignment === "single",
      expressions: catalogue.roleExpressions,
      editWhy: editWhy ?? ownRoleRefusal(actor, id)?.message,
    };
  },
});
