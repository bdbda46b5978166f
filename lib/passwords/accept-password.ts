import type { Caller } from "#lib/kernel/caller.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { refuseReuse } from "./former-passwords.ts";
import { estimated, passwordGuesser } from "./guesser.ts";
import { hashPassword } from "./hash.ts";
import { passwordRulesOf } from "./password-rules.ts";
import { type Names, type PasswordProblem, passwordProblem } from "./schema.ts";

/** Whose password it will be. */
export interface PasswordOwner extends Names {
  /** Absent for somebody who has no account yet, and so no history. */
  id?: string;
}

/**
 * The one gate in front of every new password, whoever sets it and wherever: checks it against the policy and hashes it.
 * What is wrong goes beside the field `password`.
 * @param caller who asks for it: `acceptPassword` waits its turn with other dear work
 */
export async function acceptPassword(
  reader: Reader,
  password: string,
  owner: PasswordOwner,
  caller: Caller,
): Promise<string> {
  const rules = await passwordRulesOf(reader);
  const guesser = await passwordGuesser();
  const problem = await estimated(caller, () => passwordProblem(password, rules, owner, guesser));
  if (problem) throw weakPassword(problem);
  if (owner.id) await refuseReuse(reader, owner.id, password, caller);
  return hashPassword(password, caller);
}

function weakPassword({ rules, message }: PasswordProblem): AppError {
  return new AppError("invalid", "weak_password", "Some fields need another look.", {
    fields: { password: [message] },
    rules: { password: rules },
  });
}
