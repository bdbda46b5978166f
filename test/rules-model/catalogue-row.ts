import type { Catalogue } from "#lib/access/index.ts";
import { bringInLine } from "#lib/catalogue/bring-in-line.ts";
import { readCatalogue } from "#lib/catalogue/read-catalogue.ts";
import { root } from "#test/installation.ts";
import { family } from "./given.ts";
import { row } from "./row.ts";
import { forgetRetired, type ModelRole, rolesHeld, type World } from "./world.ts";

/** The catalogue as it ships, and versions of it that an update could bring. */
async function editionsOf(name: string): Promise<Catalogue[]> {
  const edition = async (alter: (catalogue: Catalogue) => void) => {
    const catalogue = await readCatalogue(name, root);
    alter(catalogue);
    return catalogue;
  };
  const bound = (catalogue: Catalogue) => Object.values(catalogue.capabilities);
  return Promise.all([
    edition(() => undefined),
    // One role more, and one permission less: it is retired while a role still holds it.
    edition((catalogue) => {
      const [first] = catalogue.permissions;
      const lost = catalogue.permissions.findLast(({ key }) => !bound(catalogue).includes(key))?.key;
      catalogue.permissions = catalogue.permissions.filter(({ key }) => key !== lost);
      for (const permission of catalogue.permissions)
        Object.assign(permission, { implies: permission.implies.filter((key) => key !== lost) });
      for (const one of catalogue.roles)
        one.grants = one.grants.filter(({ permission }) => permission !== lost);
      const [role] = catalogue.roles.filter(({ superuser, blocking }) => !superuser && !blocking);
      if (!role || !first) return;
      const grants = [{ permission: first.key, limits: [] }];
      catalogue.roles.push({ ...role, key: "visitor", label: "Visitor", inherits: [], rank: 5, grants });
    }),
    // Users are managed with a permission that no role gives yet but those that have all.
    edition((catalogue) => {
      const key = catalogue.capabilities.manageUsers;
      for (const one of catalogue.roles) {
        one.superuser = false;
        one.inherits = [];
        one.grants = one.grants.filter(({ permission }) => permission !== key);
      }
    }),
  ]);
}

const permissionsOf = ({ permissions }: Catalogue): World["permissions"] =>
  new Map(permissions.map(({ key, implies }) => [key, { implies, retired: false }]));

function bringPermissions(world: World, catalogue: Catalogue): void {
  const present: World["permissions"] = permissionsOf(catalogue);
  for (const [key, { implies }] of world.permissions)
    if (!present.has(key)) present.set(key, { implies, retired: true });
  world.permissions = present;
}

/** What was edited and what a catalogue says of another can close a circle: then the catalogue's word counts. */
function isInCircle(world: World, key: string): boolean {
  const { edited, inherits = [] } = world.roles.get(key) ?? {};
  return edited === true && inherits.some((base) => family(world, base).has(key));
}

function bringRoles(world: World, catalogue: Catalogue): void {
  const keys = catalogue.roles.map(({ key }) => key);
  const inherited = (key: string) => [...world.roles.values()].some(({ inherits }) => inherits.includes(key));
  const held = (key: string) => [...world.users.values()].some((user) => rolesHeld(user).includes(key));
  const roles = new Map(world.roles);
  for (const role of world.roles.values()) {
    if (!role.builtIn || keys.includes(role.key)) continue;
    if (held(role.key) || inherited(role.key))
      roles.set(role.key, { ...role, builtIn: false, locked: false, superuser: false, guarded: false });
    else roles.delete(role.key);
  }
  for (const role of catalogue.roles) {
    const present = roles.get(role.key);
    const keeps = present?.edited === true && !role.locked && !role.superuser;
    const grants = new Map(role.grants.map(({ permission, limits }) => [permission, limits]));
    const { key, rank, locked, superuser, except, blocking, guarded, inherits, window, api } = role;
    const written = { key, rank, locked, superuser, except, blocking, guarded, inherits };
    const kept: Pick<ModelRole, "edited" | "version"> = {
      edited: present?.edited ?? false,
      version: present?.version ?? 1,
    };
    const own = { grants, inherits, window, api };
    const { grants: held, inherits: bases, window: hours, api: access } = present ?? own;
    const edits = keeps && { grants: held, inherits: bases, window: hours, api: access };
    roles.set(key, { ...written, ...own, ...edits, ...kept, builtIn: true });
  }
  world.roles = roles;
  for (const { key, inherits } of catalogue.roles)
    if (isInCircle(world, key)) roles.set(key, { ...(roles.get(key) as ModelRole), inherits });
  world.requests = world.requests.filter(({ role }) => roles.has(role));
}

/** What loading a catalogue does to the state; custom roles and edits of unlocked roles stay. */
export function load(world: World, catalogue: Catalogue): void {
  world.catalogue = catalogue;
  bringPermissions(world, catalogue);
  bringRoles(world, catalogue);
  forgetRetired(world);
}

export async function catalogueRow(name: string) {
  const editions = await editionsOf(name);
  return row({
    command: bringInLine,
    weight: 0.6,
    as: "system",
    need: "system",
    dangerous: false,
    target: "none",
    input: (dice) => (dice.chance(0.6) ? dice.pick(editions.slice(0, 2)) : dice.pick(editions)),
    // A role that went from the catalogue while it was held is a custom one since: nothing takes it over.
    refusals: (world, _caller, { roles }: Catalogue) =>
      roles.some(({ key }) => world.roles.get(key)?.builtIn === false) ? ["start_error"] : [],
    apply: (world, _caller, catalogue: Catalogue) => load(world, catalogue),
  });
}
