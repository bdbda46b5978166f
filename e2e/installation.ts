import { database } from "#lib/kernel/database.ts";
import { createTestDatabase } from "#test/database.ts";
import { pointAt } from "#test/installation.ts";
import { type Person, person } from "#test/people.ts";
import { type RunningConsole, startConsole } from "#test/running-console.ts";

/** A console of its own, as the production build runs it, on a database of its own. */
export interface Installation extends RunningConsole {
  /** The link that it printed for the first account, at this address. */
  setupLink(): Promise<string>;
  /** Does something the first time that a test asks for it, such as making people whom several tests look at. */
  once<T>(what: string, make: () => Promise<T>): Promise<T>;
  /** Bugs that it logged since it was last asked, and lines of the log that are no JSON. */
  newBugs(): string[];
  stop(): Promise<void>;
}

/** Starts one, and points this process at its database, so that operations prepare people and read what came of it. */
export async function startInstallation(settings: Record<string, string>): Promise<Installation> {
  const { url, drop } = await createTestDatabase();
  pointAt(url);
  const running = await startConsole({ ...settings, DATABASE_URL: url, DATABASE_POOL_SIZE: "5" });
  const made = new Map<string, Promise<unknown>>();
  let read = 0;
  return {
    ...running,
    async setupLink() {
      let token: string | undefined;
      for (let tries = 0; !token && tries < 100; tries += 1) {
        token = running.output().match(/\/setup\?token=(\S+)/)?.[1];
        if (!token) await new Promise((done) => setTimeout(done, 20));
      }
      return `${running.address}/setup?token=${token}`;
    },
    once<T>(what: string, make: () => Promise<T>) {
      if (!made.has(what)) made.set(what, make());
      return made.get(what) as Promise<T>;
    },
    newBugs() {
      const lines = running.log().slice(read);
      read += lines.length;
      return lines.filter((line) => !line.startsWith("{") || /"level":[56]0/.test(line));
    },
    async stop() {
      await running.end("SIGTERM");
      await database().$disconnect();
      await drop();
    },
  };
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
