import type { Actor } from "#lib/kernel/actor.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { refuseUnconfirmedRoles } from "./confirmation.ts";
import { giverOf } from "./giver.ts";
import { givingRefusal, throwIf } from "./refusals.ts";
import { refuseSeveral, ruledRoles, type StoredRole } from "./ruled-roles.ts";
import type { Source } from "./sources.ts";

export interface NewAssignments {
  actor: Actor;
  at: Date;
  userId: string;
  roles: readonly string[];
  source: Source;
  /** Keys of the dangerous ones among the roles, from whoever gives them. */
  confirmed?: readonly string[];
}

/** Gives a user who has none their first roles. What set-up and sign-up give is the catalogue's and the settings' word, whoever asks. */
export async function assignNewUser(tx: Tx, given: NewAssignments): Promise<void> {
  const access = await currentPolicy(tx);
  refuseSeveral(access.catalogue.assignment, [...new Set(given.roles)]);
  const roles = await ruledRoles(tx, given.roles);
  if (given.source === "local") {
    for (const role of roles) throwIf(givingRefusal(given.actor, role, given.at.getTime()), "roles");
    refuseUnconfirmedRoles(given.actor, access, roles, given.confirmed);
  }
  await insertAssignments(tx, given, roles);
}

async function insertAssignments(
  tx: Tx,
  given: Omit<NewAssignments, "roles">,
  roles: readonly StoredRole[],
): Promise<void> {
  await tx.assignment.createMany({
    data: roles.map((role) => ({
      id: newId(given.at.getTime()),
      userId: given.userId,
      roleId: role.id,
      source: given.source,
      givenBy: giverOf(given.actor),
      createdAt: given.at,
    })),
  });
}
