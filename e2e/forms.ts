import type { Locator, Page } from "@playwright/test";

export interface Identity {
  username?: string;
  email: string;
  givenName?: string;
  familyName?: string;
}

/** Who somebody is, as every form that makes or changes an account asks it. */
export async function fillIdentity(form: Page | Locator, identity: Identity): Promise<void> {
  if (identity.username !== undefined) await form.getByLabel("Username").fill(identity.username);
  await form.getByLabel("Email").fill(identity.email);
  await form.getByLabel("First name").fill(identity.givenName ?? "");
  await form.getByLabel("Last name").fill(identity.familyName ?? "");
}

/** Signs in through the form of the page that is open. */
export async function fillSignIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel("Username or email").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Puts fields into the form of a button that it does not have, as somebody with developer tools would. */
export async function addFields(button: Locator, fields: Record<string, string>): Promise<void> {
  await button.evaluate((element, extra) => {
    for (const [name, value] of Object.entries(extra)) {
      const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      (element as HTMLButtonElement).form?.append(input);
    }
  }, fields);
}
