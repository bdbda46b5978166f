import { type BrowserContext, expect } from "@playwright/test";

/** What went wrong in the browsers of one test. */
export interface Problems {
  /**
   * Announces a problem that belongs to the test, such as the 403 of a page that must not open.
   * It has to happen; every other one fails the test.
   */
  expect(...patterns: RegExp[]): void;
}

export interface WatchedProblems extends Problems {
  watch(context: BrowserContext): void;
  verify(): void;
}

/** Collects console errors, uncaught exceptions, violations of the content security policy and answers from 500 on. */
export function newProblems(): WatchedProblems {
  const seen: string[] = [];
  const announced: RegExp[] = [];
  return {
    expect: (...patterns) => void announced.push(...patterns),
    watch(context) {
      context.on("console", (message) => {
        if (message.type() !== "error") return;
        seen.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (error) => void seen.push(`page: ${error.error().stack ?? error.error()}`));
      context.on("response", (response) => {
        if (response.status() >= 500) seen.push(`response: ${response.status()} ${response.url()}`);
      });
    },
    verify() {
      const unexpected = seen.filter((problem) => !announced.some((pattern) => pattern.test(problem)));
      expect(unexpected, "problems in the browser").toEqual([]);
      const missing = announced.filter((pattern) => !seen.some((problem) => pattern.test(problem)));
      expect(missing, "announced problems that did not happen").toEqual([]);
    },
  };
}
