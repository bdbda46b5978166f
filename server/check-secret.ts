import { systemCall } from "#lib/kernel/call.ts";
import { StartError } from "#lib/kernel/errors.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { markSecret, type SecretState, viewSecretState } from "#lib/setup/index.ts";

/**
 * Refuses to start with another secret than the one that sealed what the database keeps, or that another instance uses.
 * @param accepted fingerprint of a secret that the operator means to go on with, whatever is lost by it
 */
export async function checkSecret(accepted: string | undefined): Promise<void> {
  const call = systemCall("console");
  const state = await runQuery(viewSecretState, call, {});
  if (state.verdict === "known") return;
  if (state.verdict === "other" && accepted !== state.fingerprint) throw refusal(state);
  await runCommand(markSecret, call, {});
}

function refusal({ fingerprint, authenticatorApps, providerSecrets }: SecretState): StartError {
  const lost = [
    counted(authenticatorApps, "authenticator app", "authenticator apps"),
    counted(providerSecrets, "provider secret", "provider secrets"),
  ].filter(Boolean);
  const price =
    lost.length > 0 ? `gives up ${lost.join(" and ")}, which have to be set up anew` : "starts with this one";
  return new StartError(
    "other_secret",
    `The database was sealed with another BAILIWICK_SECRET than this console has: put the file data/secret back from the backup or set the secret that the other instances have; BAILIWICK_ACCEPT_SECRET=${fingerprint} ${price}.`,
  );
}

const counted = (count: number, one: string, many: string) =>
  count > 0 && `${count} ${count === 1 ? one : many}`;
