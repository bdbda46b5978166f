import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { apiDoors } from "#server/doors.ts";
import { projectFolder } from "#server/project-folder.ts";
import { samlSteps } from "#server/saml-doors.ts";

/** What each door answers, by the door's name; a new door has to be named here before its requests are tried. */
const ofDoors: Record<string, string[]> = {
  healthDoor: ["/api/health", "/api/health/ready"],
  samlDoor: samlSteps.map((step) => `/api/auth/saml/company/${step}`),
  logoutDoor: ["/api/auth/backchannel-logout/company"],
  scimDoor: [
    "Users",
    "Users/x",
    "Groups",
    "Groups/x",
    "ServiceProviderConfig",
    "ResourceTypes",
    "Schemas",
  ].map((resource) => `/scim/v2/${resource}`),
  closedDoor: ["/api/nothing", "/api"],
};

/** What stands for a part of an address that may be anything; the routes of next-auth are told apart by it. */
const parts: Record<string, string[]> = {
  "[...nextauth]": [
    ...["callback/credentials", "callback/second-factor", "callback/passkey", "callback/company"],
    ...["signin", "signin/credentials", "csrf", "providers", "error", "session", "signout"],
  ],
};

/** The path of every page, route and door of the build. Throws where there is one that nothing is known of. */
export async function entryPoints(): Promise<string[]> {
  const doors = apiDoors({ ready: async () => true }).map(({ name }) => name);
  const unknown = doors.filter((name) => !ofDoors[name]);
  if (unknown.length > 0) throw new Error(`Doors without an address: ${unknown}.`);
  const manifest = await readFile(join(projectFolder, ".next", "server", "app-paths-manifest.json"), "utf8");
  const pages = Object.keys(JSON.parse(manifest)).flatMap((file) => {
    const route = file.replace(/\/\([^)]*\)|\/(?:page|route)$/g, "") || "/";
    const [part = ""] = /\[\.\.\.\w+\]/.exec(route) ?? [];
    if (!part) return [route.replaceAll(/\[\w+\]/g, "company")];
    if (!parts[part]) throw new Error(`What may stand for ${part}?`);
    return parts[part].map((one) => route.replace(part, one));
  });
  const inner = [
    "/_error",
    "/_document",
    "/%5Fglobal-error",
    "/_next/image",
    "/_next/static/x",
    "/_next/data/x",
  ];
  return [...new Set([...inner, ...doors.flatMap((name) => ofDoors[name] ?? []), ...pages])];
}
