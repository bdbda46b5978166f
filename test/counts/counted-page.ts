import type { BrowserContext, Page, Request } from "@playwright/test";
import { rendersIn, watchRenders } from "./watch-renders.ts";
import type { Wire } from "./watch-statements.ts";

/** What one press set off: components rendered, requests for pages and actions, statements. */
export type Press = {
  renders: number;
  requests: number;
  statements: number;
};

export interface CountedPage {
  page: Page;
  /** Opens an address and waits until all is quiet. */
  open(path: string): Promise<void>;
  /** Does something on the open document, which has to stay, and waits until nothing follows any more. */
  press(act: () => Promise<unknown>): Promise<Press>;
}

/** Scripts, fonts and icons are left out. */
const asked = new Set(["document", "fetch", "xhr"]);

/** @param quiet no request and no render for so many milliseconds means that nothing follows any more */
export async function countedPage(context: BrowserContext, wire: Wire, quiet = 400): Promise<CountedPage> {
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await watchRenders(page);
  let requests = 0;
  let open = 0;
  let last = 0;
  const end = () => {
    open -= 1;
    last = Date.now();
  };
  page.on("request", (request: Request) => {
    open += 1;
    if (asked.has(request.resourceType())) requests += 1;
  });
  page.on("requestfinished", end);
  page.on("requestfailed", end);

  async function settled(): Promise<number> {
    for (;;) {
      const { renders, idle } = await rendersIn(page);
      if (open === 0 && idle > quiet && Date.now() - last > quiet) return renders;
      await page.waitForTimeout(50);
    }
  }

  return {
    page,
    async open(path) {
      await page.goto(path);
      await settled();
    },
    async press(act) {
      const before = { renders: await settled(), requests };
      const { result: renders, sent } = await wire.during(async () => {
        await act();
        return settled();
      });
      const made = { renders: renders - before.renders, requests: requests - before.requests };
      return { ...made, statements: sent.length };
    },
  };
}
