import { type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import type { Person } from "#test/people.ts";
import { type Consoles, keepConsoles } from "./consoles.ts";
import { type Installation, makeOwner } from "./installation.ts";
import { plantSession } from "./session.ts";
import { newProblems, type Problems, type WatchedProblems } from "./watch.ts";

export { expect };

interface Options {
  /** Name of the catalogue that the console is started with. */
  catalogue: string;
  /** Further settings, as environment variables. */
  settings: Record<string, string>;
  /** The tests of a file find what those before them left, unless a test needs an installation to itself. */
  share: "file" | "nothing";
  /** A console that has never had an account; others may have served other files, and were emptied since. */
  unvisited: boolean;
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
  consoles: Consoles;
}

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  catalogue: ["patchmon", { option: true }],
  settings: [{}, { option: true }],
  share: ["file", { option: true }],
  unvisited: [false, { option: true }],

  consoles: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that this needs
    async ({}, use) => {
      const consoles = keepConsoles(3);
      await use(consoles);
      await consoles.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  installation: [
    async ({ consoles, catalogue, settings, share, unvisited }, use, { file, testId }) => {
      const all = { BAILIWICK_CATALOGUE: catalogue, ...settings };
      const installation = await consoles.claim(all, share === "file" ? file : testId, unvisited);
      await use(installation);
      expect(installation.newBugs(), "bugs that the console logged").toEqual([]);
    },
    // A console that has to start does not use the test's time up.
    { timeout: 60_000 },
  ],

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
