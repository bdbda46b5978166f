import { expect, type Page } from "@playwright/test";
import axe from "axe-core";
import { depth } from "#test/depth.ts";

const wide = { width: 1440, height: 900 };
const narrow = { width: 360, height: 740 };
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

interface Look {
  size: typeof wide;
  colorScheme: "light" | "dark";
  /** Tags, or names of rules. */
  rules: string[];
}

/** Only contrast depends on the colours, so the other rules run once for each size. */
const wideLooks: Look[] = [
  { size: wide, colorScheme: "light", rules: standards },
  { size: wide, colorScheme: "dark", rules: ["color-contrast"] },
];
const narrowLooks: Look[] = depth("wholeAxe")
  ? [
      { size: narrow, colorScheme: "dark", rules: standards },
      { size: narrow, colorScheme: "light", rules: ["color-contrast"] },
    ]
  : // A narrow page holds what the wide one does, closer together; app/contrast.test.ts compares the colours of all tokens.
    [{ size: narrow, colorScheme: "dark", rules: ["target-size"] }];

/** Colours are those of the frame before until the next one is drawn, and until what fades has faded. */
async function untilDrawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

/** What axe finds twice in a row: a busy machine may draw a change of colours between axe's two looks at an element. */
async function settledViolations(page: Page, rules: string[]) {
  const analyze = async () => {
    await untilDrawn(page);
    if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
    return page.evaluate(async (runOnly) => {
      const { run } = (window as unknown as { axe: typeof axe }).axe;
      return (await run(document, { runOnly, resultTypes: ["violations"] })).violations;
    }, rules);
  };
  const violations = await analyze();
  return violations.length > 0 ? await analyze() : violations;
}

/** axe finds nothing on the page as it stands: light and dark, wide and narrow; nor does it scroll sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  const found: string[] = [];
  // After a step within the console the address changes first, and the title comes with what is streamed.
  await expect(page).toHaveTitle(/\S/);
  for (const { size, colorScheme, rules } of [...wideLooks, ...narrowLooks]) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const violations = await settledViolations(page, rules);
    for (const { id, nodes } of violations) {
      for (const { html, failureSummary } of nodes)
        found.push(`${size.width} ${colorScheme} ${id}: ${html.slice(0, 200)}\n${failureSummary}`);
    }
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (sideways > 0) found.push(`${size.width}: scrolls sideways by ${sideways} px`);
  }
  await page.setViewportSize(wide);
  expect(found).toEqual([]);
}
