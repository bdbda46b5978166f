import type { Catalogue } from "#lib/access/index.ts";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { issueResetLink } from "#lib/passwords/index.ts";
import { startSession } from "#lib/sessions/index.ts";
import { variant } from "#test/catalogue.ts";
import { joins, organization } from "#test/organizations.ts";
import { customRole, nextInstant, type Person, person, visitor } from "#test/people.ts";
import { scimToken } from "#test/scim-client.ts";
import { identify, storeProvider } from "#test/sync.ts";

export const attribute = "site";

/** PatchMon with one managed list, so that every page has something to show. */
export const catalogue = (): Promise<string> =>
  variant("patchmon", (of: Catalogue) => {
    const kind = { of: "resource", kind: "managed" } as const;
    of.attributes.push({
      ...kind,
      key: attribute,
      label: "Site",
      description: "Where a host is.",
      values: [],
    });
  });

export interface Population {
  owner: Person;
  /** Someone whom the pages are about. */
  jane: Person;
  organization: string;
  /** A token with which jane may choose a password. */
  resetLink: string;
}

const two = (number: number) => String(number).padStart(2, "0");
const permissions = ["can_view_dashboard", "can_view_hosts", "can_view_packages", "can_view_reports"];

/** The same 62 people with all that they have, every time: what is counted must not depend on chance. */
export async function populate(): Promise<Population> {
  const owner = await person({
    ...{ roles: ["superadmin"], username: "olivia", givenName: "Olivia", familyName: "Owens" },
  });
  for (let number = 1; number <= 6; number += 1)
    await customRole(`night_watch_${number}`, permissions.slice(0, 1 + (number % 4)));
  const people: Person[] = [];
  for (let number = 1; number <= 60; number += 1) {
    const roles = [number % 10 === 0 ? `night_watch_${1 + (number % 6)}` : "user"];
    const names = {
      username: `person-${two(number)}`,
      givenName: "Person",
      familyName: `Number ${two(number)}`,
    };
    people.push(await person({ roles, ...names, active: number % 20 !== 0 }));
  }
  const jane = await person({ roles: ["readonly"], username: "jane", givenName: "Jane", familyName: "Doe" });
  await signIns([owner, jane, ...people.slice(0, 30)]);
  await listOfSites();
  await provider(people);
  await requests(people);
  const resetLink = await database().$transaction((tx) => issueResetLink(tx, jane.id, new Date()));
  return { owner, jane, organization: await places(people), resetLink };
}

async function signIns(people: readonly Person[]): Promise<void> {
  for (const { id } of people)
    await database().$transaction((tx) =>
      startSession(tx, { ...visitor(), at: new Date() }, id, { method: "password" }),
    );
}

async function places(people: readonly Person[]): Promise<string> {
  const made = [];
  for (const name of ["Aurora", "Borealis", "Comet"]) made.push(await organization(["Red", "Blue"], name));
  for (const [index, one] of people.slice(0, 40).entries()) {
    const { id = "", teams } = made[index % 3] ?? {};
    await joins(one, id, teams?.Red);
  }
  return made[0]?.id ?? "";
}

async function listOfSites(): Promise<void> {
  const createdAt = nextInstant();
  const keys = Array.from({ length: 30 }, (_, index) => `site-${two(index + 1)}`);
  await database().managedValue.createMany({
    data: keys.map((key) => ({ attribute, key, label: `Site ${key}`, createdAt })),
  });
  for (const key of ["north", "south"])
    await database().valueGroup.create({
      data: {
        ...{ attribute, key, label: `Sites of the ${key}`, createdAt, updatedAt: createdAt },
        members: { create: keys.slice(0, 5).map((valueKey) => ({ valueKey })) },
      },
      select: { key: true },
    });
}

async function provider(people: readonly Person[]): Promise<void> {
  const rules = ["it", "ops", "all"].map((value) => ({ value, role: "host_manager" }));
  const company = await storeProvider({ syncRoles: false, rules });
  for (const one of people.slice(0, 10)) await identify(one, company, { groups: ["it", "all"] });
  await scimToken({ provider: company.slug });
}

async function requests(people: readonly Person[]): Promise<void> {
  const { id: roleId } = await database().role.findUniqueOrThrow({ where: { key: "host_manager" } });
  const createdAt = new Date();
  const endsAt = new Date(createdAt.getTime() + 8 * 3_600_000);
  await database().accessRequest.createMany({
    data: people.slice(30, 35).map(({ id: userId }) => ({
      ...{ id: newId(), userId, roleId, reason: "patch the mail hosts", createdAt, endsAt },
    })),
  });
}
