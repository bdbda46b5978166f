import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import {
  addPasskey,
  confirmTotp,
  forgetAllDevices,
  forgetDevice,
  removePasskey,
  removeTotp,
  renewRecoveryCodes,
  resetFactors,
  startPasskey,
  startTotp,
  viewPendingTotp,
} from "#lib/second-factor/index.ts";
import { authenticatorApp, enrolTotp, origin } from "#test/factors.ts";
import { callAs, nextInstant, type Person } from "#test/people.ts";
import { softPasskey } from "#test/soft-passkey.ts";
import { waysIn } from "#test/ways-in.ts";
import { asOwner, once, someone } from "../example.ts";

export const here = async (who: { id: string }): Promise<Call> => ({ ...(await callAs(who)), origin });

/** Somebody with a passkey. */
export async function withPasskey(role = "user") {
  const who = await someone(role);
  const key = softPasskey();
  const { options } = await runCommand(startPasskey, await here(who), {});
  await runCommand(addPasskey, await here(who), { name: "Laptop", response: key.make(options, origin) });
  return { who, key };
}

async function withApp(): Promise<Person> {
  const who = await someone();
  await enrolTotp(who);
  return who;
}

export const factors = [
  once(startTotp, async () => [await callAs(await someone()), {}]),
  once(confirmTotp, async () => {
    const who = await someone();
    await runCommand(startTotp, await callAs(who), {});
    const call = await callAs(who);
    const pending = await runQuery(viewPendingTotp, call, {});
    const at = nextInstant();
    return [{ ...call, at }, { code: authenticatorApp(pending?.secret ?? "").codeAt(at) }];
  }),
  once(removeTotp, async () => [await callAs(await withApp()), {}]),
  once(renewRecoveryCodes, async () => [await callAs(await withApp()), {}]),
  once(startPasskey, async () => [await here(await someone()), {}]),
  once(addPasskey, async () => {
    const who = await someone();
    const { options } = await runCommand(startPasskey, await here(who), {});
    return [await here(who), { name: "Laptop", response: softPasskey().make(options, origin) }];
  }),
  once(removePasskey, async () => {
    const { who } = await withPasskey();
    const { id } = await database().passkey.findFirstOrThrow({ where: { userId: who.id } });
    return [await here(who), { id }];
  }),
  once(forgetDevice, async () => {
    const who = await someone();
    await waysIn(who);
    const { id } = await database().knownBrowser.findFirstOrThrow({
      where: { userId: who.id, trustedAt: { not: null } },
    });
    return [await callAs(who), { id }];
  }),
  once(forgetAllDevices, async () => {
    const who = await someone();
    await waysIn(who);
    return [await callAs(who), {}];
  }),
  once(resetFactors, async () => [await asOwner(), { id: (await withApp()).id }]),
];
