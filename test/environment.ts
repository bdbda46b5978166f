import { env, readEnv } from "#lib/kernel/env.ts";
import { registry } from "#lib/kernel/registry.ts";

/** This process as if it had been started with these `OIDC_*` variables, and no others of that name. */
export function sayInEnvironment(variables: Record<string, string> = {}): void {
  registry().env = { ...env(), oidc: readEnv(variables).oidc };
}
