import { configDefaults, defineConfig } from "vitest/config";

const rulesModel = "test/rules-model/**/*.test.ts";

export default defineConfig({
  test: {
    globalSetup: ["test/postgres.ts"],
    env: {
      LOG_LEVEL: "silent",
      BAILIWICK_DATA: ".cache/test-data",
      BAILIWICK_SECRET: "a secret for tests, long enough for anyone",
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.alloc(32, "k").toString("base64"),
    },
    reporters: ["default", ["json", { outputFile: ".cache/vitest.json" }]],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "tests",
          include: ["{app,bench,catalogues,cli,components,lib,scripts,server,test}/**/*.test.{ts,tsx}"],
          exclude: [...configDefaults.exclude, rulesModel],
          // Tests wait for the database much of the time: two at once even where there are two cores for all.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        // Walks wait for the database half of the time: two at once, after all others.
        test: { name: "rules-model", include: [rulesModel], maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
