import { z } from "zod";
import { lastingRows, loadSubject, ownRoleRefusal } from "#lib/assignments/index.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { unknownEntries } from "#lib/role-expressions/index.ts";
import { whysFor } from "./rules.ts";

/** One user as the edit form shows them. */
export const getUser = defineQuery({
  name: "view user",
  needs: "viewUsers",
  input: z.object({ id: z.uuid() }),
  async run({ reader, actor, at }, { id }) {
    const user = await reader.user.findUnique({
      where: { id },
      select: {
        id: true,
        username: true,
        email: true,
        name: true,
        givenName: true,
        familyName: true,
        active: true,
        version: true,
        roleExpression: true,
      },
    });
    if (!user)
      throw new AppError("not_found", "user_not_found", "There is no such user: they may have been deleted.");
    const held = (await lastingRows(reader, id, new Date(at))).map(({ role }) => role);
    const subject = await loadSubject(reader, user, at);
    return {
      ...user,
      roles: [...new Set(held.map(({ key }) => key))],
      unknownEntries: actor.kind === "user" ? unknownEntries(actor.access, user.roleExpression) : [],
      // What the rules would answer, for the controls that they disable.
      ...whysFor(actor, { name: user.username, active: user.active, subject, held }, at),
      ownRoleWhy: ownRoleRefusal(actor, id)?.message,
    };
  },
});
