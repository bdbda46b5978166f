import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{app,bench,catalogues,cli,components,lib,scripts,server,test}/**/*.test.{ts,tsx}"],
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
  },
});
