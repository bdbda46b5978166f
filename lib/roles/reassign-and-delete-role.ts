import {
  type Holder,
  holdersOf,
  keepingAdministrators,
  moveHolders,
  ruledRoles,
  throwIf,
} from "#lib/assignments/index.ts";
import { type AuditEntry, writeAudits } from "#lib/kernel/audit.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { endSessionsOfHolders } from "#lib/sessions/index.ts";
import { loadEditedRole } from "./edited-role.ts";
import { removeRole, stayingRefusal } from "./remove-role.ts";
import { manageUsersRefusal } from "./role-refusals.ts";
import { reassignAndDeleteRoleSchema } from "./schema.ts";

const name = "reassign and delete role";

/** Gives everybody who holds a custom role another one, or takes it from them, and deletes it: all of it or nothing. */
export const reassignAndDeleteRole = defineCommand({
  name,
  needs: "manageRoles",
  changesAccess: true,
  refusedUnderSync: true,
  input: reassignAndDeleteRoleSchema,
  about: (input) => ({ kind: "role", name: input.role }),
  async run({ tx, call, actor, at }, input) {
    throwIf(manageUsersRefusal(actor, at));
    const role = await loadEditedRole(tx, input.role, input.version);
    throwIf(await stayingRefusal(tx, role));
    const access = await currentPolicy(tx);
    const { confirmed } = input;
    const [from] = await ruledRoles(tx, [role.key]);
    const to = await replacementOf(input, (keys) => ruledRoles(tx, keys, "replacement"));
    const holders = await holdersOf(tx, role.id, at);

    const sessionsEnded = await endSessionsOfHolders(tx, role.id, "roles changed", call);
    await keepingAdministrators(tx, call.at, "demote", async () => {
      if (from) await moveHolders(tx, { actor, at: call.at, from, to, holders, access, confirmed });
      await removeRole(tx, role);
    });
    await writeAudits(
      tx,
      call,
      holders.map((holder) => movedEntry(holder, role.key, to?.key)),
    );
    const { key, label, description, grants } = role;
    const done = { people: holders.length, sessionsEnded };
    return {
      target: { kind: "role", id: role.id, name: key },
      before: { key, label, description, grants },
      after: { ...done, replacement: to?.key ?? null },
      result: { key, ...done },
    };
  },
});

async function replacementOf<R>(
  { role, replacement }: { role: string; replacement?: string | undefined },
  find: (keys: string[]) => Promise<R[]>,
): Promise<R | undefined> {
  if (!replacement) return undefined;
  throwIf(replacement === role ? sameRole : undefined, "replacement");
  return (await find([replacement]))[0];
}

const sameRole = {
  code: "invalid",
  reason: "same_role",
  message: "This is the role that is deleted: choose another.",
} as const;

/** The trail of each person says what happened to them. */
function movedEntry({ id, username, subject }: Holder, from: string, to: string | undefined): AuditEntry {
  const roles = [...new Set(subject.assignments.map((held) => held.role))];
  const kept = roles.filter((role) => role !== from && role !== to);
  return {
    action: name,
    outcome: "done",
    target: { kind: "user", id, name: username },
    before: { roles },
    after: { roles: to ? [...kept, to] : kept },
  };
}
