import { readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { root } from "#test/installation.ts";
import { attribute, type Population } from "./population.ts";

/** One page as it is asked for. */
export interface Visit {
  /** As the budget calls it: the route, and the dialog that is open in it. */
  name: string;
  path: string;
  /** Without a session, as the pages of signing in are seen. */
  signedOut: boolean;
  /** It shows nothing itself. */
  redirects: boolean;
}

/** Routes that only lead elsewhere, here for the lack of what they work on: a journey, an empty installation. */
const redirects = new Set([
  ...["/", "/setup", "/sign-in/continue", "/sign-out/continue", "/second-factor", "/settings/attributes"],
]);

/** What makes an address of a route; `?edit` and the like are dialogs, which the route shows as well. */
const addresses = ({ jane, organization, resetLink }: Population): Record<string, Record<string, string>> => {
  const users = "/settings/users";
  const list = `/settings/attributes/${attribute}`;
  const company = "/settings/sso/company";
  return {
    "/settings/users": {
      "": users,
      "?size=100": `${users}?size=100`,
      "?q": `${users}?q=person-1`,
      "?role": `${users}?role=user`,
      "?add": `${users}?add`,
      "?edit": `${users}?edit=${jane.id}`,
      "?roles": `${users}?roles=${jane.id}`,
      "?delete": `${users}?delete=${jane.id}`,
    },
    "/reset-password": { "": "/reset-password", "?token": `/reset-password?token=${resetLink}` },
    "/settings/roles": { "": "/settings/roles", "?add": "/settings/roles?add" },
    "/settings/roles/tools": {
      "": "/settings/roles/tools",
      "?user": `/settings/roles/tools?user=${jane.id}`,
      "?permission": "/settings/roles/tools?for=who&permission=can_view_hosts",
    },
    "/settings/roles/role/[role]": { "": "/settings/roles/role/night_watch_1" },
    "/settings/organizations/[id]": { "": `/settings/organizations/${organization}` },
    "/settings/attributes/[attribute]": { "": list },
    "/settings/attributes/[attribute]/groups": { "": `${list}/groups` },
    "/settings/sso/[slug]": { "": company },
    "/settings/sso/[slug]/rules": { "": `${company}/rules` },
    "/settings/sso/[slug]/sync": { "": `${company}/sync` },
    "/settings/sso/[slug]/test": { "": `${company}/test` },
    "/settings/sso/[slug]/test/done": { "": `${company}/test/done` },
  };
};

/** Every page there is, each at least once: a new one is visited as soon as it exists. */
export function visitsOf(population: Population): Visit[] {
  const known = addresses(population);
  return pageFiles().flatMap((file) => {
    const route = `/${file.filter((part) => !part.startsWith("(")).join("/")}`;
    const named = known[route] ?? { "": route };
    if (Object.values(named).some((path) => path.includes("[")))
      throw new Error(`The page ${route} needs an example: give it an address in test/counts/visits.ts.`);
    const how = { signedOut: file[0] === "(auth)", redirects: redirects.has(route) };
    return Object.entries(named).map(([suffix, path]) => ({ name: route + suffix, path, ...how }));
  });
}

/** The folders of each page, below `app`. */
export function pageFiles(): string[][] {
  const files = readdirSync(join(root, "app"), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => /(^|[\\/])page\.tsx$/.test(file))
    .map((file) => (dirname(file) === "." ? [] : dirname(file).split(sep)))
    .sort();
}
