import {
  type AssignmentView,
  loadSubject,
  ownRoleRefusal,
  takingRefusal,
  viewHeld,
} from "#lib/assignments/index.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { whysFor } from "./rules.ts";
import { userIdSchema } from "./schema.ts";

/** A place that an assignment can be narrowed to. */
export interface Place {
  id: string;
  name: string;
  /** Of a team. */
  organizationId?: string;
}

export interface UserRoles {
  id: string;
  username: string;
  name: string;
  version: number;
  active: boolean;
  assignments: AssignmentView[];
  organizations: Place[];
  teams: Place[];
  presets: { key: string; label: string; description: string }[];
  single: boolean;
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
        organizations: { select: { organization: { select: { id: true, name: true } } } },
        teams: { select: { team: { select: { id: true, name: true, organizationId: true } } } },
      },
    });
    if (!user)
      throw new AppError("not_found", "user_not_found", "There is no such user: they may have been deleted.");
    const { organizations, teams, ...who } = user;
    const subject = await loadSubject(reader, user);
    const { editWhy } = whysFor(actor, { name: user.username, active: user.active, subject, held: [] }, at);
    return {
      ...who,
      assignments: await viewHeld(reader, access, id, at, (role) => takingRefusal(actor, role, at)?.message),
      organizations: organizations.map(({ organization }) => organization).sort(byName),
      teams: teams.map(({ team }) => team).sort(byName),
      presets: catalogue.presets.map(({ key, label, description }) => ({ key, label, description })),
      single: catalogue.assignment === "single",
      editWhy: editWhy ?? ownRoleRefusal(actor, id)?.message,
    };
  },
});

const byName = (one: Place, other: Place): number => one.name.localeCompare(other.name);
