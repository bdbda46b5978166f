import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { type Change, defineCommand } from "#lib/kernel/operation.ts";
import { forget, takeTurns, turnOf, turnsFrom } from "#lib/kernel/rate-limit.ts";
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
    const counters = deviceId ? ofBrowser(deviceId) : ofStranger(call, name);
    await takeTurns([...counters.own, ...counters.shared], "failed login attempts");
    const matches = await verifyStranger(reader, user?.passwordHash, password);
    if (!user?.passwordHash || !user.active || !matches) throw badCredentials();
    await forget(counters.own, counters.shared);
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

/** A remembered browser has a count of its own, which nobody else can use up. */
const ofBrowser = (deviceId: string) => ({ own: [turnOf("device", deviceId)], shared: [] });

/**
 * By the name as it was typed, whether or not there is such an account: a count that a username and an address shared
 * would tell that they are one person's. So an account has two, and every case and width of each is one.
 */
const ofStranger = (call: Call, name: string) => ({
  own: turnsFrom("pair", call, name),
  shared: [turnOf("name", name), ...turnsFrom("address", call)],
});

function badCredentials(): AppError {
  return new AppError(
    "unauthenticated",
    "bad_credentials",
    "Invalid credentials: check the name and the password.",
  );
}
