import { check } from "./check.ts";
import type { Policy } from "./compiled.ts";
import type { Question, Subject } from "./model.ts";

/** The subjects that a question answers with allow, and those that it answers with limited (only without a resource). */
export interface WhoCan<Asked extends Subject> {
  allowed: Asked[];
  limited: Asked[];
}

/**
 * Everybody among the subjects who may, in their order. Each is asked by `check`; nothing is kept but the answer.
 * @returns nobody for an unknown permission or what is no instant; never throws
 */
export function whoCan<Asked extends Subject>(
  policy: Policy,
  subjects: Iterable<Asked>,
  { permission, at, resource, action, context }: Question,
): WhoCan<Asked> {
  const found: WhoCan<Asked> = { allowed: [], limited: [] };
  for (const subject of subjects) {
    const effect = check(policy, subject, permission, at, resource, action, context);
    if (effect === "allow") found.allowed.push(subject);
    else if (effect === "limited") found.limited.push(subject);
  }
  return found;
}
