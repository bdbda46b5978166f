import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

export const rulesModel = "test/rules-model/**/*.test.ts";
/** They start what was built. */
const built = "test/upgrade/**/*.test.ts";
/** Their subject is hashing or what a process does once, or they replace modules. */
export const apart = [
  "lib/kernel/dear-work.test.ts",
  "lib/passwords/passwords.test.ts",
  "lib/sign-in/{imported-hash,sign-in}.test.ts",
  "server/{entry-points,scim/large-groups}.test.ts",
  "test/dear-work.test.ts",
];
const cheapHashes = { "@node-rs/argon2": fileURLToPath(new URL("test/cheap-hashes.ts", import.meta.url)) };

/** docs/testing.md says what belongs where. Tests wait for the database at times: two files at once on two cores. */
export default defineConfig({
  test: {
    globalSetup: ["test/postgres.ts"],
    setupFiles: ["test/setup.ts"],
    env: {
      LOG_LEVEL: "silent",
      BAILIWICK_DATA: ".cache/test-data",
      // Their identity providers answer on this machine.
      BAILIWICK_INTERNAL_ADDRESSES: "loopback",
      BAILIWICK_SECRET: "a secret for tests, long enough for anyone",
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.alloc(32, "k").toString("base64"),
    },
    reporters: ["default", ["json", { outputFile: ".cache/vitest.json" }]],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: "apart", include: apart },
      },
      {
        extends: true,
        // Alone, because one of its files replaces modules; first, because its files take longest.
        test: { name: "model", include: [rulesModel], alias: cheapHashes },
      },
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{app,bench,catalogues,cli,components,lib,scripts,server,test}/**/*.test.{ts,tsx}"],
          exclude: [...configDefaults.exclude, rulesModel, built, ...apart],
          alias: cheapHashes,
          isolate: false,
        },
      },
      {
        extends: true,
        // After the others: what `npm test` builds meanwhile is there by then.
        test: { name: "built", include: [built], sequence: { groupOrder: 1 } },
      },
    ],
  },
});
