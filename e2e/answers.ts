import { expect, type Locator, type Page } from "@playwright/test";

type Named = string | RegExp;

/** What the console says for this reason, whatever its words: an alert, a notice, a refused row, a step of an answer. */
export const saidFor = (at: Page | Locator, reason: string): Locator =>
  at.locator(`[data-reason="${reason}"]`).filter({ hasText: /\S/ });

/** The console says something for this reason, which names all of these: the object, a count. */
export async function expectTold(at: Page | Locator, reason: string, ...named: Named[]): Promise<void> {
  await expect(naming(saidFor(at, reason), named).last()).toBeVisible();
}

/** The console says that the operation is done, and names all of these: whom it was done to, how many. */
export async function expectDone(at: Page | Locator, operation: string, ...named: Named[]): Promise<void> {
  const said = at.locator(`[data-done="${operation}"]`).filter({ hasText: /\S/ });
  await expect(naming(said, named).last()).toBeVisible();
}

const naming = (said: Locator, named: readonly Named[]): Locator =>
  named.reduce((left, hasText) => left.filter({ hasText }), said);

/** The field is marked, says what is wrong with it, and this is the rule that it broke. */
export async function expectInvalid(field: Locator, rule: string): Promise<void> {
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(/\S/);
  // What is typed into may stand before a hidden field that has the name.
  const name = (await field.getAttribute("name"))?.replaceAll(".", "\\.") ?? "[^ ]+";
  const broken = new RegExp(`(?:^| )${name}:${rule}(?: |$)`);
  await expect(field.locator("xpath=ancestor::form")).toHaveAttribute("data-rules", broken);
}
