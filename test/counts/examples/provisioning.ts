import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import {
  createProvisioningToken,
  deprovisionUser,
  loadClient,
  provisionGroup,
  provisionUser,
  removeProvisionedGroup,
  revokeProvisioningToken,
  syncDuePeople,
  updateProvisionedGroup,
  updateProvisionedUser,
} from "#lib/scim/index.ts";
import { visitor } from "#test/people.ts";
import { newcomer, scimToken } from "#test/scim-client.ts";
import { storeProvider } from "#test/sync.ts";
import { asOwner, ofMany, once, several } from "../example.ts";

/** A group of the provider that makes a role, so that whoever joins it changes theirs. */
const displayName = "it";
const rule = { claim: "groups", value: displayName, role: "host_manager" };

/** A request of the provider's client, which has brought nobody yet. Roles follow its groups. */
async function asClient(): Promise<Call> {
  await database().scimGroup.deleteMany();
  await database().scimUser.deleteMany();
  await storeProvider({ rules: [rule] });
  const secret = await scimToken({ provider: "company", expiresAt: new Date(Date.UTC(2999, 0)) });
  const call = visitor();
  return { ...call, door: "api", actor: await loadClient(secret, call.at) };
}

const idOf = (resource: unknown) => String((resource as { id: unknown }).id);

const provisioned = async (call: Call, rows: number) =>
  several(rows, async () => ({
    value: idOf(await runCommand(provisionUser, call, { resource: newcomer() })),
  }));

const group = async (call: Call, members: object[] = []) =>
  idOf((await runCommand(provisionGroup, call, { resource: { displayName, members } })).resource);

const join = (members: object[]) => ({
  kind: "patch" as const,
  operations: [{ op: "add", path: "members", value: members }],
});

export const provisioning = [
  once(createProvisioningToken, async () => [
    await asOwner(),
    { name: "Okta", scopes: ["users" as const, "groups" as const], days: 90 },
  ]),
  once(revokeProvisioningToken, async () => {
    const wanted = { name: "Okta", scopes: ["users" as const], days: 90 };
    const { id } = await runCommand(createProvisioningToken, await asOwner(), wanted);
    return [await asOwner(), { id }];
  }),
  once(provisionUser, async () => [await asClient(), { resource: newcomer() }]),
  once(updateProvisionedUser, async () => {
    const call = await asClient();
    const [one] = await provisioned(call, 1);
    const change = { kind: "patch" as const, operations: [{ op: "replace", path: "title", value: "Baker" }] };
    return [call, { id: one?.value ?? "", change }];
  }),
  once(deprovisionUser, async () => {
    const call = await asClient();
    const [one] = await provisioned(call, 1);
    return [call, { id: one?.value ?? "" }];
  }),
  ofMany(provisionGroup, async (rows) => {
    const call = await asClient();
    const members = await provisioned(call, rows);
    return [call, { resource: { displayName, members } }];
  }),
  ofMany(updateProvisionedGroup, async (rows) => {
    const call = await asClient();
    const members = await provisioned(call, rows);
    return [call, { id: await group(call), change: join(members) }];
  }),
  ofMany(removeProvisionedGroup, async (rows) => {
    const call = await asClient();
    return [call, { id: await group(call, await provisioned(call, rows)) }];
  }),
  ofMany(syncDuePeople, async (rows) => {
    const call = await asClient();
    await group(call, await provisioned(call, rows));
    await storeProvider({ rules: [{ ...rule, role: "readonly" }] });
    await database().scimUser.updateMany({ data: { rolesDue: true } });
    return [{ ...call, actor: { kind: "system", name: "Okta" } }, { provider: "company" }];
  }),
];
