import { readCatalogue } from "#lib/catalogue/read-catalogue.ts";
import { root } from "#test/installation.ts";
import { type Person, password, person } from "#test/people.ts";
import { load } from "./catalogue-row.ts";
import { newUser } from "./user-rows.ts";
import type { World } from "./world.ts";

/** Two owners and one holder of every other role: everybody can meet everybody. */
export async function firstWorld(name: string): Promise<World> {
  const catalogue = await readCatalogue(name, root);
  const [role = ""] = catalogue.newUserRoles;
  const world: World = {
    at: Date.UTC(2026, 2, 2, 9),
    ...{ catalogue, permissions: new Map(), roles: new Map(), users: new Map(), requests: [], dead: [] },
    registration: { enabled: false, role },
    synced: false,
  };
  load(world, catalogue);
  const add = async (username: string, roles: readonly string[]) => {
    const someone: Person = await person({ username, roles: [...roles] });
    newUser(world, { ...someone, password: password }, roles, someone.id);
  };
  await add("ann", catalogue.firstUserRoles);
  await add("bob", catalogue.firstUserRoles);
  for (const [index, { key }] of catalogue.roles.slice(0, 6).entries())
    await add(["cid", "dee", "eve", "fay", "gus", "hal"][index] as string, [key]);
  return world;
}
