import { isIP } from "node:net";
import { AppError } from "#lib/kernel/errors.ts";

/** Who a passkey is for: browsers bind it to this host name. */
export interface RelyingParty {
  id: string;
  origin: string;
}

/** Why a browser at this address cannot use passkeys; undefined when it can. */
export function passkeyRefusal(origin: string | undefined): string | undefined {
  const url = origin && URL.canParse(origin) ? new URL(origin) : undefined;
  if (!url || isIP(url.hostname.replace(/^\[|\]$/g, "")))
    return "Passkeys belong to a host name: open the console by its name instead of a number.";
  if (url.protocol === "https:" || url.hostname === "localhost") return undefined;
  return "Browsers allow passkeys over HTTPS only: open the console by its https address.";
}

export function relyingParty(origin: string | undefined): RelyingParty {
  const refusal = passkeyRefusal(origin);
  if (refusal || !origin) throw new AppError("conflict", "no_passkeys_here", refusal ?? "No passkeys here.");
  return { id: new URL(origin).hostname, origin };
}
