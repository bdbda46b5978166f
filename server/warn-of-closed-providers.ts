import { systemCall } from "#lib/kernel/call.ts";
import { log, logBug } from "#lib/kernel/log.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { findClosedProviders } from "#lib/sso/index.ts";
import { say } from "./say.ts";

/**
 * Says at the start which providers nobody can sign in through, before anybody tries: an upgrade or another address of
 * theirs may have closed them. It looks names up, so the start does not wait for it.
 */
export async function warnOfClosedProviders(): Promise<void> {
  try {
    for (const { slug, label, why } of await runQuery(
      findClosedProviders,
      systemCall("start", new Date()),
      {},
    )) {
      log().warn({ provider: slug, reason: "closed_address" }, "identity provider");
      say(`No one can sign in through ${label}. ${why}`);
    }
  } catch (error) {
    logBug(error, "identity providers at the start");
  }
}
