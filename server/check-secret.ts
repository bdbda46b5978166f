import { existsSync, statSync } from "node:fs";
import { systemCall } from "#lib/kernel/call.ts";
import { env } from "#lib/kernel/env.ts";
import { StartError } from "#lib/kernel/errors.ts";
import { log } from "#lib/kernel/log.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { readSecretFile } from "#lib/kernel/secret-file.ts";
import {
  fingerprintOf,
  markSecret,
  type Sealed,
  type SecretState,
  viewSecretState,
} from "#lib/setup/index.ts";

/**
 * Refuses to start with another secret than the one that sealed what the database keeps, or that another instance uses.
 * @param accepted fingerprint of a secret that the operator means to go on with, whatever is lost by it
 */
export async function checkSecret(accepted: string | undefined): Promise<void> {
  const call = systemCall("console");
  const { secretIsSet, secretPath } = env();
  // Looking makes one.
  const lost = !secretIsSet && !existsSync(secretPath);
  const state = await runQuery(viewSecretState, call, {});
  if (state.verdict === "known") return;
  if (state.verdict === "other" && accepted !== state.fingerprint) throw refusal(state, lost);
  await runCommand(markSecret, call, {});
  if (state.verdict === "other")
    log().warn(
      { where: "secret", fingerprint: state.fingerprint },
      "a new secret was accepted: BAILIWICK_ACCEPT_SECRET is no longer needed and can be removed",
    );
}

/** Where this secret came from, where the right one may be, and what going on without it costs. */
function refusal({ fingerprint, marked, sealed }: SecretState, lost: boolean): StartError {
  return new StartError(
    "other_secret",
    `${whatIsWrong(lost)} ${remedy(marked)} To go on with this one, set BAILIWICK_ACCEPT_SECRET=${fingerprint}: ${price(sealed)}.`,
  );
}

function whatIsWrong(lost: boolean): string {
  const { secretIsSet, secretPath } = env();
  if (secretIsSet) return "The database was used with another secret than BAILIWICK_SECRET.";
  if (lost)
    return `${secretPath} was missing. A new secret was made there, but the database was used with another one.`;
  const since = statSync(secretPath, { throwIfNoEntry: false })?.mtime.toISOString() ?? "an unknown time";
  return `The database was used with another secret than the secret in ${secretPath}, which was written at ${since}.`;
}

function remedy(marked: string | undefined): string {
  const { secretIsSet, secretPath } = env();
  if (!secretIsSet)
    return `Restore that file from a backup, or set BAILIWICK_SECRET if other instances have it set.`;
  if (marked !== undefined && fingerprintInFile(secretPath) === marked)
    return `${secretPath} holds the right one: start without BAILIWICK_SECRET.`;
  return `Set BAILIWICK_SECRET to the value that was used before, or that the other instances have.`;
}

function fingerprintInFile(path: string): string | undefined {
  try {
    const secret = readSecretFile(path);
    return secret === undefined ? undefined : fingerprintOf(secret);
  } catch {
    // A file that cannot be read is no remedy, and not what stops this start.
    return undefined;
  }
}

/** In words, what can no longer be read with a new secret. */
function price({ authenticatorApps, providerSecrets, providerTokens }: Sealed): string {
  const anew = [
    counted(authenticatorApps, "authenticator app", "authenticator apps"),
    counted(providerSecrets, "client secret of an identity provider", "client secrets of identity providers"),
  ].filter(Boolean);
  const tokens = counted(providerTokens, "session", "sessions");
  const lost = [
    ...(anew.length > 0 ? [`${anew.join(" and ")} must be set up again`] : []),
    ...(tokens ? [`signing out of ${tokens} no longer signs out at the identity provider`] : []),
  ];
  return lost.join(", and ") || "nothing is sealed in this database, so nothing is lost";
}

const counted = (count: number, one: string, many: string) =>
  count > 0 && `${count} ${count === 1 ? one : many}`;
