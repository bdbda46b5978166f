import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { type Change, defineCommand } from "#lib/kernel/operation.ts";
import { hashPassword, isOutdated, verifyStranger } from "#lib/passwords/index.ts";
import { requireLocalSignIn } from "#lib/providers/index.ts";
import {
  acceptTrustedDevice,
  enrolledFactors,
  hasFactor,
  issueTicket,
  trustedDeviceOf,
} from "#lib/second-factor/index.ts";
import { completeSignIn, type SignedIn } from "./complete-sign-in.ts";
import { enterAccount, type Proven } from "./enter-account.ts";
import { consume, counterKey, forget, giveBack } from "./limiter.ts";
import { signInSchema } from "./schema.ts";

/**
 * Username or email, any case, and the password. Unknown name, wrong password and disabled account answer alike.
 * With a second factor enrolled the answer is no session but a ticket, unless this browser is remembered.
 */
export const signIn = defineCommand({
  name: "sign in",
  needs: "public",
  input: signInSchema,
  async prepare({ reader, call, concerns }, { identifier, password, device }): Promise<Proven> {
    await requireLocalSignIn(reader);
    const name = normaliseKey(identifier);
    const user = await reader.user.findFirst({
      where: { OR: [{ usernameKey: name }, { emailKey: name }] },
      select: { id: true, username: true, passwordHash: true, active: true },
    });
    // What was typed is at times a password: the trail names accounts that exist, and nothing else.
    if (user) concerns({ kind: "user", id: user.id, name: user.username });
    const deviceId = await trustedDeviceOf(reader, user?.id, device, call.at);
    const counters = countersOf(call, user?.id ?? name);
    await (deviceId ? consume("device", counterKey(deviceId), guesses) : takeTurns(counters));
    const matches = await verifyStranger(reader, user?.passwordHash, password);
    if (!user?.passwordHash || !user.active || !matches) throw badCredentials();
    if (deviceId) await forget("device", counterKey(deviceId));
    await forget("pair", counters.pair);
    await forget("account", counters.account);
    if (!deviceId) await giveBack("address", counters.address);
    const { id, username, passwordHash } = user;
    return {
      id,
      username,
      passwordHash,
      deviceId,
      ...(isOutdated(passwordHash) && { renewed: await hashPassword(password) }),
    };
  },
  async run({ tx, call }, { password }, proven): Promise<Change<SignedIn>> {
    const { id, username, deviceId } = proven;
    const passwordHash = await enterAccount(tx, proven, password);
    if (!passwordHash) throw badCredentials();
    const target = { kind: "user" as const, id, name: username };
    const factor = await knownFactor(tx, call, id, deviceId);
    if (factor === "missing") {
      await requireLocalSignIn(tx);
      const ticket = await issueTicket(tx, { id, passwordHash }, call.at);
      const after = { method: "password", next: "second factor" };
      return { target, after, result: { kind: "ticket", ...ticket } };
    }
    const proof = { method: "password" as const, ...(factor && { factor }) };
    return { target, after: proof, result: await completeSignIn(tx, call, id, proof) };
  },
});

/** Nothing enrolled: undefined. Otherwise a remembered browser stands for the factor, or it has to be shown. */
async function knownFactor(
  tx: Tx,
  call: Call,
  userId: string,
  deviceId: string | undefined,
): Promise<"trusted_device" | "missing" | undefined> {
  if (!hasFactor(await enrolledFactors(tx, userId))) return undefined;
  return deviceId && (await acceptTrustedDevice(tx, deviceId, call)) ? "trusted_device" : "missing";
}

const guesses = "failed login attempts";

/** Counted by account, not by spelling: username, email and every case of them are one. */
function countersOf(call: Call, account: string) {
  const address = call.address ?? "unknown";
  return { pair: counterKey(address, account), account: counterKey(account), address: counterKey(address) };
}

async function takeTurns(counters: ReturnType<typeof countersOf>): Promise<void> {
  await consume("pair", counters.pair, guesses);
  await consume("account", counters.account, guesses);
  await consume("address", counters.address, guesses);
}

function badCredentials(): AppError {
  return new AppError(
    "unauthenticated",
    "bad_credentials",
    "Invalid credentials: check the name and the password.",
  );
}
