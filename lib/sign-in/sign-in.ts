import type { Call } from "#lib/kernel/call.ts";
import { account, stranger } from "#lib/kernel/caller.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { type Change, defineCommand } from "#lib/kernel/operation.ts";
import { forget, orGiveBack, takeTurns } from "#lib/kernel/rate-limit.ts";
import { isTrusted, knownBrowserOf } from "#lib/known-browsers/index.ts";
import { sendsLinks } from "#lib/mail/index.ts";
import {
  guessesOfBrowser,
  guessesOfStranger,
  isOutdated,
  renewHash,
  verifyStranger,
} from "#lib/passwords/index.ts";
import { requireLocalSignIn } from "#lib/providers/index.ts";
import { enrolledFactors, hasFactor, issueTicket } from "#lib/second-factor/index.ts";
import { countHalfSignIn, signInsLeft } from "#lib/sessions/index.ts";
import { completeSignIn, type SignedIn } from "./complete-sign-in.ts";
import { enterAccount, type Proven } from "./enter-account.ts";
import { signInSchema } from "./schema.ts";

/**
 * Username or email, any case, and the password. Unknown name, wrong password and disabled account answer alike.
 * With a second factor enrolled the answer is no session but a ticket, unless this browser is trusted.
 */
export const signIn = defineCommand({
  name: "sign in",
  needs: "public",
  boundBy: "signIns",
  input: signInSchema,
  async prepare({ reader, call, concerns }, { identifier, password }): Promise<Proven> {
    await requireLocalSignIn(reader);
    const name = normaliseKey(identifier);
    const user = await reader.user.findFirst({
      where: { OR: [{ usernameKey: name }, { emailKey: name }] },
      select: { id: true, username: true, passwordHash: true, active: true },
    });
    // What was typed is at times a password: the trail names accounts that exist, and nothing else.
    if (user) concerns({ kind: "user", id: user.id, name: user.username });
    const browserId = await knownBrowserOf(reader, user?.id, call);
    const counters = browserId ? guessesOfBrowser(browserId) : guessesOfStranger(call, name);
    const turns = [...counters.own, ...counters.shared];
    const left = signInsLeft(user?.id ?? "", browserId ?? user?.id ?? "");
    await takeTurns([...turns, ...left], "failed login attempts", wayOut());
    const caller = user && browserId ? account(user.id) : stranger(call);
    // Sent away before anything was looked at: that was no guess.
    const matches = await orGiveBack(turns, () =>
      verifyStranger(reader, user?.passwordHash, password, caller),
    );
    if (!user?.passwordHash || !user.active || !matches) throw badCredentials();
    await forget(counters.own, counters.shared);
    const { id, username, passwordHash } = user;
    return {
      id,
      username,
      passwordHash,
      browserId,
      ...(isOutdated(passwordHash) && {
        renewed: await renewHash(passwordHash, password, caller),
      }),
    };
  },
  async run({ tx, call }, _input, proven): Promise<Change<SignedIn>> {
    const { id, username, browserId } = proven;
    const passwordHash = await enterAccount(tx, proven);
    if (!passwordHash) throw badCredentials();
    const target = { kind: "user" as const, id, name: username };
    const factor = await knownFactor(tx, call, id, browserId);
    if (factor === "missing") {
      await requireLocalSignIn(tx);
      await countHalfSignIn(tx, browserId ?? id);
      const ticket = await issueTicket(tx, { id, passwordHash }, call.at);
      const after = { method: "password", next: "second factor" };
      return { target, after, result: { kind: "ticket", ...ticket } };
    }
    const proof = { method: "password" as const, ...(factor && { factor }) };
    return { target, after: proof, result: await completeSignIn(tx, call, id, proof) };
  },
});

/** Nothing enrolled: undefined. Otherwise a trusted browser stands for the factor, or it has to be shown. */
async function knownFactor(
  tx: Tx,
  call: Call,
  userId: string,
  browserId: string | undefined,
): Promise<"trusted_device" | "missing" | undefined> {
  if (!hasFactor(await enrolledFactors(tx, userId))) return undefined;
  return browserId && (await isTrusted(tx, browserId, call.at)) ? "trusted_device" : "missing";
}

/** Said to everybody alike, whether or not there is such an account. */
const wayOut = () =>
  `You can usually still sign in with a passkey, or in a browser where you signed in before. ${
    sendsLinks()
      ? "Resetting your password by a link unlocks this browser."
      : "Otherwise ask an administrator for a reset link, which unlocks this browser."
  }`;

function badCredentials(): AppError {
  return new AppError(
    "unauthenticated",
    "bad_credentials",
    "Invalid credentials: check the name and the password.",
  );
}
