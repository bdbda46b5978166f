import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const wide = { width: 1440, height: 900 };
const narrow = { width: 360, height: 740 };
/** Only contrast depends on the colours, so the other rules run once for each size. */
const looks = [
  { size: wide, colorScheme: "light", whole: true },
  { size: wide, colorScheme: "dark", whole: false },
  { size: narrow, colorScheme: "dark", whole: true },
  { size: narrow, colorScheme: "light", whole: false },
] as const;

/** Colours are those of the frame before until the next one is drawn, and until what fades has faded. */
async function untilDrawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

/** What axe finds twice in a row: a busy machine may draw a change of colours between axe's two looks at an element. */
async function settledViolations(page: Page, whole: boolean) {
  const analyze = async () => {
    await untilDrawn(page);
    const axe = new AxeBuilder({ page }).setLegacyMode();
    return (await (whole ? axe.withTags(standards) : axe.withRules("color-contrast")).analyze()).violations;
  };
  const violations = await analyze();
  return violations.length > 0 ? await analyze() : violations;
}

/** axe finds nothing on the page as it stands: light and dark, wide and narrow; nor does it scroll sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  const found: string[] = [];
  for (const { size, colorScheme, whole } of looks) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const violations = await settledViolations(page, whole);
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
