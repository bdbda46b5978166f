import { assignNewUser } from "#lib/assignments/index.ts";
import { product } from "#lib/kernel/caller.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { takeTurn } from "#lib/kernel/rate-limit.ts";
import { acceptPassword } from "#lib/passwords/index.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { requireLocalSignIn } from "#lib/providers/index.ts";
import { insertUser } from "#lib/users/index.ts";
import { setUpSchema } from "./schema.ts";
import { isSetupToken, spendSetupTokens } from "./setup-token.ts";

/** Creates the owner of an empty installation. Two at once: the lock lets one through, the other finds it taken. */
export const setUp = defineCommand({
  name: "set up installation",
  needs: "public",
  boundBy: "spent secret",
  changesAccess: true,
  input: setUpSchema,
  about: (input) => ({ kind: "installation", name: input.username }),
  async prepare({ reader, call }, { token, password, ...identity }) {
    await refuseSetUp(reader);
    await requireLocalSignIn(reader);
    await takeTurn("setUp", call);
    if (!(await isSetupToken(reader, token, call.at))) throw badLink();
    return acceptPassword(reader, password, identity, product("set-up"));
  },
  async run({ tx, actor, call }, { token, password: _, ...identity }, passwordHash) {
    await refuseSetUp(tx);
    if (!(await isSetupToken(tx, token, call.at))) throw badLink();
    await spendSetupTokens(tx);
    const { catalogue } = await currentPolicy(tx);
    const { id } = await insertUser(tx, identity, passwordHash, call.at);
    await assignNewUser(tx, {
      actor,
      at: call.at,
      userId: id,
      roles: catalogue.firstUserRoles,
      source: "setup",
    });
    return {
      target: { kind: "installation", id, name: identity.username },
      after: { ...identity, roles: catalogue.firstUserRoles },
      result: { id, username: identity.username },
    };
  },
});

async function refuseSetUp(reader: Reader | Tx): Promise<void> {
  if ((await reader.user.findFirst({ select: { id: true } })) === null) return;
  throw new AppError("conflict", "already_set_up", "This installation is set up already: sign in instead.");
}

function badLink(): AppError {
  const message =
    "This set-up link does not work any more: use the one that the console printed at its latest start.";
  return new AppError("forbidden", "bad_setup_token", message);
}
