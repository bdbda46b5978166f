import { database } from "#lib/kernel/database.ts";
import { registry } from "#lib/kernel/registry.ts";
import { createTestDatabase } from "#test/database.ts";
import { pointAt } from "#test/installation.ts";
import { type Person, person } from "#test/people.ts";
import { type RunningConsole, startConsole } from "#test/running-console.ts";
import { rememberRows } from "./first-rows.ts";

/** A console of its own, as the production build runs it, on a database of its own. */
export interface Installation extends RunningConsole {
  /** The link that it printed for the first account, at this address. */
  setupLink: string;
  /** Does something the first time that a test asks for it, such as making people whom several tests look at. */
  once<T>(what: string, make: () => Promise<T>): Promise<T>;
  /** Bugs that it logged since it was last asked, and lines of the log that are no JSON. */
  newBugs(): string[];
  /** Points this process at its database, so that operations prepare people and read what came of it. */
  enter(): Promise<void>;
  /** Everything that tests did to its database is undone. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

export async function startInstallation(settings: Record<string, string>): Promise<Installation> {
  const { url, drop } = await createTestDatabase();
  const running = await startConsole({ ...settings, DATABASE_URL: url, DATABASE_POOL_SIZE: "5" });
  // The link is the last thing that a console makes when it starts.
  const token = await setupToken(running);
  const first = await rememberRows(url);
  // The first page loads what all pages need: no test pays for it.
  await (await fetch(`${running.address}/setup`)).text();
  const made = new Map<string, Promise<unknown>>();
  let read = 0;
  return {
    ...running,
    setupLink: `${running.address}/setup?token=${token}`,
    once<T>(what: string, make: () => Promise<T>) {
      if (!made.has(what)) made.set(what, make());
      return made.get(what) as Promise<T>;
    },
    newBugs() {
      const lines = running.log().slice(read);
      read += lines.length;
      return lines.filter((line) => !line.startsWith("{") || /"level":[56]0/.test(line));
    },
    async enter() {
      await registry().database?.$disconnect();
      pointAt(url);
    },
    async empty() {
      made.clear();
      await first.restore();
    },
    async stop() {
      await running.end("SIGTERM");
      await first.close();
      await drop();
    },
  };
}

async function setupToken({ output }: RunningConsole): Promise<string | undefined> {
  for (let tries = 0; tries < 100; tries += 1) {
    const token = output().match(/\/setup\?token=(\S+)/)?.[1];
    if (token) return token;
    await new Promise((done) => setTimeout(done, 20));
  }
  return undefined;
}

/** Somebody who may do everything that the catalogue lets anybody do. */
export async function makeOwner(): Promise<Person> {
  const roles = await database().role.findMany({ select: { key: true, superuser: true } });
  const superuser = roles.find((role) => role.superuser);
  const held = superuser ? [superuser] : roles;
  return person({
    roles: held.map(({ key }) => key),
    username: "olivia",
    givenName: "Olivia",
    familyName: "Owens",
  });
}
