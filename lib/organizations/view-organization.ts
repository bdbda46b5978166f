import { heldAt } from "#lib/assignments/index.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { organizationsInReach } from "./reach.ts";
import { deletionRefusal } from "./rules.ts";
import { organizationIdSchema } from "./schema.ts";

export interface TeamView {
  id: string;
  name: string;
  description: string;
  version: number;
  members: number;
  /** Assignments that are narrowed to it. */
  narrowed: number;
  /** Why it cannot be deleted now; absent when it can. */
  deleteWhy: string | undefined;
}

/** One organization with its teams. One out of reach is one that is not there. */
export const viewOrganization = defineQuery({
  name: "view organization",
  needs: "manageOrganizations",
  evenLimited: true,
  input: organizationIdSchema,
  async run({ reader, actor, at }, { id }) {
    const reach = organizationsInReach(actor, at);
    const organization =
      reach === undefined || reach.includes(id)
        ? await reader.organization.findUnique({ where: { id }, select: shownAt(new Date(at)) })
        : null;
    if (!organization) throw organizationGone();
    const { _count: count, teams, ...rest } = organization;
    const uses = { teams: teams.length, narrowed: count.assignments };
    return {
      ...rest,
      members: count.members,
      /** Whether it is also theirs to change. */
      mayManage: reach === undefined,
      deleteWhy: deletionRefusal(rest.name, uses)?.message,
      teams: teams.map(({ _count: { members, assignments }, ...team }): TeamView => {
        const deleteWhy = deletionRefusal(team.name, { teams: 0, narrowed: assignments })?.message;
        return { ...team, members, narrowed: assignments, deleteWhy };
      }),
    };
  },
});
export type OrganizationView = Awaited<ReturnType<typeof viewOrganization.run>>;

const shownAt = (at: Date) => {
  const counts = { select: { members: true, assignments: { where: heldAt(at) } } } as const;
  const shown = { id: true, name: true, description: true, version: true, _count: counts } as const;
  return { ...shown, teams: { select: shown, orderBy: { nameKey: "asc" } } } as const;
};

export const organizationGone = () =>
  new AppError(
    "not_found",
    "organization_not_found",
    "There is no such organization: it may have been deleted.",
  );
