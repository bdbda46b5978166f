import { env } from "#lib/kernel/env.ts";
import { samlRefusal } from "./refusals.ts";

/** How one provider knows this console: what an administrator copies there. */
export interface SamlAddresses {
  /** Our entity ID for this provider alone, so that an assertion for one is none for another. Our metadata is there. */
  entityId: string;
  /** The assertion consumer service. */
  acs: string;
}

export function samlPaths(slug: string) {
  const base = `/api/auth/saml/${slug}`;
  return {
    metadata: `${base}/metadata`,
    start: `${base}/start`,
    acs: `${base}/acs`,
    finish: `${base}/finish`,
  };
}

export function samlAddresses(origin: string, slug: string): SamlAddresses {
  const { metadata, acs } = samlPaths(slug);
  return { entityId: origin + metadata, acs: origin + acs };
}

/**
 * Our origin as providers know it. It says for whom an assertion is, so a request's Host header may not choose it:
 * somebody who runs another application at the same provider would send us assertions that were made for that one.
 */
export function ownOrigin(asked: string | undefined): string {
  const { publicUrl } = env();
  if (publicUrl !== undefined) return new URL(publicUrl).origin;
  if (asked !== undefined && isThisMachine(new URL(asked).hostname)) return asked;
  throw samlRefusal("saml_no_address");
}

const isThisMachine = (host: string) => ["localhost", "127.0.0.1", "[::1]"].includes(host);
