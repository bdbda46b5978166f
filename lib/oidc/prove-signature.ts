import { type JWKSCacheInput, jwksCache, validateApplicationLevelSignature } from "oauth4webapi";
import { registry } from "#lib/kernel/registry.ts";
import type { Metadata, requestOptions } from "./metadata.ts";

/** The provider's keys are kept for a while; a token that they do not fit is tried once more with the keys of now. */
export async function proveSignature(
  metadata: Metadata,
  answer: Response,
  options: ReturnType<typeof requestOptions>,
): Promise<void> {
  const { slots } = registry();
  const slot = `oidc keys: ${metadata.jwks_uri}`;
  const kept = slots.get(slot) as JWKSCacheInput | undefined;
  if (kept) {
    try {
      return await prove(metadata, answer, { ...options, [jwksCache]: { ...kept } });
    } catch {
      slots.delete(slot);
    }
  }
  const fresh: JWKSCacheInput = {};
  await prove(metadata, answer, { ...options, [jwksCache]: fresh });
  slots.set(slot, fresh);
}

/** The library keeps keys by the very object, so it gets another one each time: what is kept is kept here. */
const prove = (metadata: Metadata, ...rest: [Response, object]) =>
  validateApplicationLevelSignature({ ...metadata }, ...rest);
