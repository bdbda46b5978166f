import { type ApiAccess, describeWindow, nextOpening, type Window, windowState } from "#lib/access/index.ts";
import type { MatrixRole, RoleHours } from "./matrix-data.ts";

/** How a role gives what it gives: from which base roles, in which hours, how far through the API. */
export function howGiven(
  role: { bases: readonly string[]; window: Window | undefined; api: ApiAccess },
  roles: readonly { key: string; label: string }[],
  at: number,
): Pick<MatrixRole, "bases" | "hours" | "api"> {
  const bases = roles.filter(({ key }) => role.bases.includes(key)).map(({ label }) => label);
  const api = apiInWords(role.api);
  return {
    ...(bases.length > 0 && { bases }),
    ...(role.window && { hours: hoursOf(role.window, at) }),
    ...(api && { api }),
  };
}

export function hoursOf(window: Window, at: number): RoleHours {
  const open = windowState(window, at) === "open";
  const next = open ? undefined : nextOpening(window, at);
  return {
    words: describeWindow(window),
    open,
    ...(next !== undefined && { opens: new Date(next).toISOString() }),
  };
}

/** Nothing for full access, which most roles have. */
function apiInWords(api: ApiAccess): string | undefined {
  if (api === "full") return undefined;
  if (api === "none") return "none";
  if (api === "read_only") return "read-only";
  return api.endpoints.length === 1 ? "1 endpoint" : `${api.endpoints.length} endpoints`;
}
