import { isRefusal } from "#lib/kernel/errors.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { openProvider } from "#lib/sso/index.ts";
import { currentCall } from "./session.ts";

/** Whether this path is where the provider's settings say that it sends people back to. */
export async function isConfiguredCallback(slug: string, path: string): Promise<boolean> {
  const call = await currentCall("page");
  const system = { ...call, actor: { kind: "system", name: "single sign-on" } } as const;
  try {
    const { kind, settings } = await runQuery(openProvider, system, { provider: slug });
    if (kind !== "oidc" || !("redirectUri" in settings) || !settings.redirectUri) return false;
    return new URL(settings.redirectUri).pathname === path;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}
