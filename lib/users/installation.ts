import { database } from "#lib/kernel/database.ts";

/** Has anybody been set up yet? Answered by the database at every call; whoever asks often may remember a yes. */
export async function installationHasUsers(): Promise<boolean> {
  return (await database().user.findFirst({ select: { id: true } })) !== null;
}
