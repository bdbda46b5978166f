import { loadSubject } from "#lib/assignments/index.ts";
import type { Target } from "#lib/kernel/audit.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";

const who = {
  id: true,
  username: true,
  email: true,
  givenName: true,
  familyName: true,
  active: true,
  passwordHash: true,
  roleExpression: true,
  version: true,
} as const;

/** Somebody that an administrator acts on, with what the rules need to know of them. */
export async function findTarget(reader: Reader | Tx, id: string, at: number) {
  const user = await reader.user.findUnique({ where: { id }, select: who });
  if (!user)
    throw new AppError("not_found", "user_not_found", "There is no such user: they may have been deleted.");
  return { ...user, name: user.username, subject: await loadSubject(reader, user, at) };
}

/** For the trail: a refusal names whom it was about, though the request only had an id. */
export async function nameTarget(reader: Reader, id: string): Promise<Target> {
  const user = await reader.user.findUnique({ where: { id }, select: { username: true } });
  return { kind: "user", id, name: user?.username ?? id };
}
