import { type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import type { Person } from "#test/people.ts";
import { type Installation, makeOwner, startInstallation } from "./installation.ts";
import { plantSession } from "./session.ts";
import { newProblems, type Problems, type WatchedProblems } from "./watch.ts";

export { expect };

interface Options {
  /** Name of the catalogue that the console is started with. */
  catalogue: string;
  /** Further settings, as environment variables. */
  settings: Record<string, string>;
  /** The tests of a file share one console, unless a test needs one that nobody has touched. */
  share: "file" | "nothing";
}

interface Fixtures {
  installation: Installation;
  owner: Person;
  /** A new browser in which this person, or nobody, is signed in. */
  as: (who: { id: string } | undefined, options?: BrowserContextOptions) => Promise<Page>;
  problems: Problems;
  watched: WatchedProblems;
}

interface WorkerFixtures {
  /** The console that this worker runs; another one ends the one before. */
  started: (key: string, settings: Record<string, string>) => Promise<Installation>;
}

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  catalogue: ["patchmon", { option: true }],
  settings: [{}, { option: true }],
  share: ["file", { option: true }],

  started: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that this needs
    async ({}, use) => {
      let current: { key: string; installation: Installation } | undefined;
      await use(async (key, settings) => {
        if (current?.key !== key) {
          await current?.installation.stop();
          current = undefined;
          current = { key, installation: await startInstallation(settings) };
        }
        return current.installation;
      });
      await current?.installation.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  installation: async ({ started, catalogue, settings, share }, use, { file, testId }) => {
    const all = { BAILIWICK_CATALOGUE: catalogue, ...settings };
    const installation = await started(JSON.stringify([share === "file" ? file : testId, all]), all);
    await use(installation);
    expect(installation.newBugs(), "bugs that the console logged").toEqual([]);
  },

  baseURL: async ({ installation }, use) => use(installation.address),

  owner: async ({ installation }, use) => use(await installation.once("owner", makeOwner)),

  watched: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const problems = newProblems();
      await use(problems);
      problems.verify();
    },
    { auto: true },
  ],
  problems: async ({ watched }, use) => use(watched),

  context: async ({ context, watched }, use) => {
    watched.watch(context);
    await use(context);
  },

  as: async ({ browser, installation, watched }, use) => {
    const opened: { close: () => Promise<void> }[] = [];
    await use(async (who, options = {}) => {
      const context = await browser.newContext({
        baseURL: installation.address,
        reducedMotion: "reduce",
        ...options,
      });
      opened.push(context);
      watched.watch(context);
      if (who) await plantSession(context, installation.address, who);
      return context.newPage();
    });
    await Promise.all(opened.map((context) => context.close()));
  },
});
