import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import {
  endTemporaryAccess,
  giveTemporaryAccess,
  grantRequest,
  refuseRequest,
  requestAccess,
  withdrawRequest,
} from "#lib/temporary-access/index.ts";
import { callAs, type Person } from "#test/people.ts";
import { asOwner, once, someone } from "../example.ts";

const wanted = { role: "host_manager", reason: "patch the mail hosts", lasts: "8" as const };

async function asked(who: Person): Promise<string> {
  return (await runCommand(requestAccess, await callAs(who), wanted)).id;
}

export const temporaryAccess = [
  once(giveTemporaryAccess, async () => [await asOwner(), { id: (await someone("readonly")).id, ...wanted }]),
  once(endTemporaryAccess, async () => {
    const { id } = await someone("readonly");
    await runCommand(giveTemporaryAccess, await asOwner(), { id, ...wanted });
    const where = { userId: id, endsAt: { not: null } };
    const { id: assignment } = await database().assignment.findFirstOrThrow({ where });
    return [await asOwner(), { id, assignment }];
  }),
  once(requestAccess, async () => [await callAs(await someone("readonly")), wanted]),
  once(grantRequest, async () => {
    const request = await asked(await someone("readonly"));
    return [await asOwner(), { request, confirmed: [] }];
  }),
  once(refuseRequest, async () => {
    const request = await asked(await someone("readonly"));
    return [await asOwner(), { request }];
  }),
  once(withdrawRequest, async () => {
    const who = await someone("readonly");
    const request = await asked(who);
    return [await callAs(who), { request }];
  }),
];
