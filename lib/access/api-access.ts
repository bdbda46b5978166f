import { activity } from "./activity.ts";
import { isBlocked } from "./blocked.ts";
import type { Policy } from "./compiled.ts";
import { isInstant } from "./instants.ts";
import type { Subject } from "./model.ts";

/** What a subject may call: everything, everything that only reads, and the named endpoints. All absent: nothing. */
export interface ApiReach {
  full: boolean;
  read: boolean;
  /** "METHOD /path", `*` for any method. */
  endpoints: readonly string[];
}

/**
 * The most generous API access of the assigned roles active at the instant; endpoints add up.
 * Inherited base roles lend their permissions, not their API access.
 * @param at epoch milliseconds; an inactive or blocked subject, or what is no instant, reaches nothing
 */
export function apiReach(policy: Policy, subject: Subject, at: number): ApiReach {
  const reach = { full: false, read: false, endpoints: new Set<string>() };
  if (subject.active !== true || !isInstant(at) || isBlocked(policy, subject, at))
    return { full: false, read: false, endpoints: [] };
  for (const assignment of subject.assignments) {
    const role = policy.roles.get(assignment.role);
    if (role === undefined || activity(assignment, role.window, at) !== "active") continue;
    if (role.api === "full") reach.full = reach.read = true;
    else if (role.api === "read_only") reach.read = true;
    else if (role.api !== "none") for (const endpoint of role.api.endpoints) reach.endpoints.add(endpoint);
  }
  return { ...reach, endpoints: [...reach.endpoints] };
}

function isOnPath(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const given = path.split("/");
  const open = wanted.at(-1) === "*";
  if (open ? given.length < wanted.length : given.length !== wanted.length) return false;
  return wanted.every(
    (segment, index) => segment === given[index] || segment === "*" || /^\{.+\}$|^:/.test(segment),
  );
}

/**
 * Whether the reach includes a call. A segment `*`, `{id}` or `:id` of an endpoint matches any one segment,
 * a `*` at its end everything below. HEAD reads as GET does.
 * @param path the path alone, as it was routed; one with dot segments, backslashes or encoded slashes is refused
 */
export function permitsCall(reach: ApiReach, method: string, path: string): boolean {
  if (reach.full) return true;
  const verb = method === "HEAD" ? "GET" : method;
  if (reach.read && verb === "GET") return true;
  if (!path.startsWith("/") || /(^|\/)\.{1,2}(\/|$)|\\|%2f|%5c|%2e/i.test(path)) return false;
  return reach.endpoints.some((endpoint) => {
    const [wanted = "", pattern = ""] = endpoint.split(" ");
    return (wanted === "*" || wanted === verb) && isOnPath(pattern, path);
  });
}
