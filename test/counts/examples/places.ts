import { runCommand } from "#lib/kernel/operation.ts";
import {
  addGroup,
  addValue,
  deleteGroup,
  deleteValue,
  editGroup,
  editValue,
} from "#lib/managed-values/index.ts";
import {
  addMembers,
  addOrganization,
  addTeam,
  deleteOrganization,
  deleteTeam,
  editOrganization,
  editTeam,
  removeMembers,
} from "#lib/organizations/index.ts";
import { joins, organization } from "#test/organizations.ts";
import { asOwner, ofMany, once, several, someone } from "../example.ts";

const catalogue = "utmstack";
const attribute = "data_source";
const asAdministrator = () => asOwner("ADMINISTRATOR");
let count = 0;

const people = async (rows: number) => (await several(rows, someone)).map(({ id }) => id);

async function values(rows: number): Promise<string[]> {
  const call = await asAdministrator();
  return several(rows, async () => {
    count += 1;
    const key = `source-${count}`;
    await runCommand(addValue, call, { attribute, key, label: `Source ${count}` });
    return key;
  });
}

async function group(members: string[]): Promise<string> {
  count += 1;
  const key = `group-${count}`;
  await runCommand(addGroup, await asAdministrator(), { attribute, key, label: `Group ${count}`, members });
  return key;
}

export const places = [
  once(addOrganization, async () => [await asOwner(), { name: "Nordic", description: "The north" }]),
  once(editOrganization, async () => {
    const { id } = await organization();
    return [await asOwner(), { id, version: 1, name: "Baltic", description: "" }];
  }),
  ofMany(deleteOrganization, async (rows) => {
    const { id } = await organization();
    for (const one of await people(rows)) await joins({ id: one }, id);
    return [await asOwner(), { id }];
  }),
  once(addTeam, async () => {
    const { id } = await organization();
    return [await asOwner(), { organization: id, name: "Blue" }];
  }),
  once(editTeam, async () => {
    const { teams } = await organization(["Red"]);
    return [await asOwner(), { id: teams.Red ?? "", version: 1, name: "Navy", description: "Dark" }];
  }),
  once(deleteTeam, async () => {
    const { teams } = await organization(["Red"]);
    return [await asOwner(), { id: teams.Red ?? "" }];
  }),
  ofMany(addMembers, async (rows) => {
    const { id } = await organization();
    return [await asOwner(), { organization: id, users: await people(rows) }];
  }),
  ofMany(removeMembers, async (rows) => {
    const { id } = await organization();
    const users = await people(rows);
    for (const one of users) await joins({ id: one }, id);
    return [await asOwner(), { organization: id, users }];
  }),
  once(addValue, async () => [await asAdministrator(), { attribute, key: "fw-1", label: "Edge" }], catalogue),
  once(
    editValue,
    async () => {
      const [key = ""] = await values(1);
      return [await asAdministrator(), { attribute, key, label: "Core" }];
    },
    catalogue,
  ),
  once(
    deleteValue,
    async () => {
      const [key = ""] = await values(1);
      return [await asAdministrator(), { attribute, key }];
    },
    catalogue,
  ),
  ofMany(
    addGroup,
    async (rows) => {
      const members = await values(rows);
      return [await asAdministrator(), { attribute, key: `edge-${rows}`, label: "At the edge", members }];
    },
    catalogue,
  ),
  ofMany(
    editGroup,
    async (rows) => {
      const key = await group(await values(rows));
      const members = await values(rows);
      return [await asAdministrator(), { attribute, key, label: "Other", members, version: 1 }];
    },
    catalogue,
  ),
  ofMany(
    deleteGroup,
    async (rows) => {
      const key = await group(await values(rows));
      return [await asAdministrator(), { attribute, key }];
    },
    catalogue,
  ),
];
