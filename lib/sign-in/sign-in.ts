import type { Call } from "#lib/kernel/call.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { verifyPassword } from "#lib/passwords/index.ts";
import { endSession, startSession } from "#lib/sessions/index.ts";
import { consume, counterKey, forget, giveBack } from "./limiter.ts";
import { signInSchema } from "./schema.ts";

interface Proven {
  id: string;
  username: string;
  passwordHash: string;
}

/** Username or email, any case, and the password. Unknown name, wrong password and disabled account answer alike. */
export const signIn = defineCommand({
  name: "sign in",
  needs: "public",
  input: signInSchema,
  // What was typed is at times a password: the trail names accounts that exist, and nothing else.
  async about({ identifier }, reader) {
    const user = await findByIdentifier(reader, identifier);
    return user ? { kind: "user", id: user.id, name: user.username } : undefined;
  },
  async prepare({ reader, call }, { identifier, password }): Promise<Proven> {
    const user = await findByIdentifier(reader, identifier);
    const counters = countersOf(call, user?.id ?? normaliseKey(identifier));
    await takeTurns(counters);
    const matches = await verifyPassword(user?.passwordHash, password);
    if (!user?.passwordHash || !user.active || !matches) throw badCredentials();
    await forget("pair", counters.pair);
    await forget("account", counters.account);
    await giveBack("address", counters.address);
    return { id: user.id, username: user.username, passwordHash: user.passwordHash };
  },
  async run({ tx, call, actor }, _input, { id, username, passwordHash }) {
    // The row's lock orders this before or after a deactivation or reset: a session is never born behind its back.
    const { count } = await tx.user.updateMany({
      where: { id, active: true, passwordHash },
      data: { lastSignInAt: call.at },
    });
    if (count === 0) throw badCredentials();
    if (actor.kind === "user") await endSession(tx, actor.sessionId, "replaced by a new sign-in", call.at);
    const session = await startSession(tx, call, id, "password");
    return { target: { kind: "user", id, name: username }, after: { method: "password" }, result: session };
  },
});

function findByIdentifier(reader: Reader, identifier: string) {
  const name = normaliseKey(identifier);
  return reader.user.findFirst({
    where: { OR: [{ usernameKey: name }, { emailKey: name }] },
    select: { id: true, username: true, passwordHash: true, active: true },
  });
}

/** Counted by account, not by spelling: username, email and every case of them are one. */
function countersOf(call: Call, account: string) {
  const address = call.address ?? "unknown";
  return { pair: counterKey(address, account), account: counterKey(account), address: counterKey(address) };
}

async function takeTurns(counters: ReturnType<typeof countersOf>): Promise<void> {
  await consume("pair", counters.pair, "failed login attempts");
  await consume("account", counters.account, "failed login attempts");
  await consume("address", counters.address, "failed login attempts");
}

function badCredentials(): AppError {
  return new AppError(
    "unauthenticated",
    "bad_credentials",
    "Invalid credentials: check the name and the password.",
  );
}
