import { assignNewUser } from "#lib/assignments/index.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { hashPassword, passwordProblems } from "#lib/passwords/index.ts";
import { insertUser } from "./records.ts";
import { createUserSchema, type Identity } from "./schema.ts";

/** An administrator adds a person, who can sign in straight away. */
export const createUser = defineCommand({
  name: "add user",
  needs: "manageUsers",
  changesAccess: true,
  input: createUserSchema,
  about: (input) => ({ kind: "user", name: input.username }),
  prepare: (_context, input) => acceptPassword(input.password, input),
  async run({ tx, call, actor }, { password: _, roles, ...identity }, passwordHash) {
    const { id } = await insertUser(tx, identity, passwordHash, call.at);
    await assignNewUser(tx, { actor, at: call.at, userId: id, roles, source: "local" });
    return {
      target: { kind: "user", id, name: identity.username },
      after: { ...identity, roles, active: true },
      result: { id, username: identity.username },
    };
  },
});

/** Checks a new password against the rules and hashes it; the problems go beside the field. */
export async function acceptPassword(password: string, person: Identity): Promise<string> {
  const context = [
    person.username,
    person.email,
    person.email.split("@")[0] ?? "",
    person.givenName,
    person.familyName,
  ];
  const problems = passwordProblems(password, context);
  if (problems.length > 0) {
    throw new AppError("invalid", "weak_password", "Some fields need another look.", {
      fields: { password: problems },
    });
  }
  return hashPassword(password);
}
