import type { Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { type IdentityProvider, startIdentityProvider } from "#test/identity-provider.ts";
import { person } from "#test/people.ts";
import { identify } from "#test/sync.ts";
import { expectAccessible } from "./accessible.ts";
import { expectDone, expectInvalid, expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";

const client = { id: "bailiwick", secret: "a secret of the provider" };

let peer: IdentityProvider;
/** What trying the rules says. */
const tried = (page: Page) => page.getByRole("region", { name: "Try the rules" }).getByRole("status");

test.beforeAll(async () => {
  peer = await startIdentityProvider({
    accounts: {
      jane: {
        claims: {
          email: "jane@example.com",
          email_verified: true,
          given_name: "Jane",
          groups: ["it-admins", "everybody"],
        },
      },
    },
  });
});
test.afterAll(() => peer.stop());

/** What the console says that its callback is, told to the provider. */
async function register(page: Page, id = client.id): Promise<void> {
  const callback = await page.getByText("/api/auth/callback/").first().textContent();
  peer.addClient({ ...client, id, redirectUris: [callback ?? ""] });
}

test("an administrator connects a provider from zero, sees what it would do, and hands roles over to it", async ({
  as,
  owner,
}) => {
  test.setTimeout(180_000);
  const page = await as(owner);
  await page.goto("/settings/sso");
  await expect(page.getByRole("heading", { name: "No identity provider yet" })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Add provider" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Acme ID");
  await page.getByLabel("Issuer").fill(`${peer.issuer}/elsewhere`);
  await page.getByRole("button", { name: "Look it up and add it" }).click();
  await expectInvalid(page.getByLabel("Issuer"), "plain_http");
  await page.getByLabel("Allow plain http").check();
  await page.getByRole("button", { name: "Look it up and add it" }).click();
  await expect(page.getByLabel("Issuer")).toHaveAccessibleDescription(/answered 404/);
  await page.getByLabel("Issuer").fill(`${peer.issuer}/.well-known/openid-configuration`);
  await page.getByRole("button", { name: "Look it up and add it" }).click();

  await expect(page).toHaveURL("/settings/sso/acme-id");
  await expect(page.getByText(`${peer.issuer}/token`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Switch on" })).toHaveAccessibleDescription(/client ID/);
  await register(page);
  await page.getByLabel("Client ID").fill(client.id);
  await page.getByLabel("Client secret").fill(client.secret);
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Saved Acme ID")).toBeVisible();
  await expect(page.getByLabel("Client secret")).toHaveValue("");
  await expect(page.getByLabel("Client secret")).toHaveAccessibleDescription(/^Set\./);
  await expectAccessible(page);

  await page.getByRole("navigation", { name: "Acme ID" }).getByRole("link", { name: "Test sign-in" }).click();
  const sessions = await database().session.count();
  const [popup] = await Promise.all([
    page.waitForEvent("popup"),
    page.getByRole("button", { name: "Sign in at Acme ID to test" }).click(),
  ]);
  await popup.getByLabel("Name at the provider").fill("jane");
  await popup.getByRole("button", { name: "Go on" }).click();
  const claims = page.getByRole("table", { name: "Claims of the test sign-in" });
  await expect(claims.getByRole("row", { name: /^groups/ })).toContainText("everybody");
  expect(await database().session.count()).toBe(sessions);
  expect(await database().user.count({ where: { emailKey: "jane@example.com" } })).toBe(0);
  await expectAccessible(page);

  await page.getByRole("link", { name: "Make a rule: groups = everybody" }).click();
  await page.getByLabel("Role of rule 1").selectOption("Readonly");
  await page.getByRole("button", { name: "Add rule" }).click();
  await expect(page.getByLabel("Claim of rule 2")).toBeFocused();
  await page.getByLabel("Value of rule 2").fill("it-admins");
  await page.getByLabel("Role of rule 2").selectOption({ value: "superadmin" });
  await page.getByRole("button", { name: "Try", exact: true }).click();
  await expect(tried(page)).toContainText("Readonly");
  // By keyboard alone: the rule above gives it, so the one below never counts.
  await page.getByRole("button", { name: "Move rule 2 up" }).press("Enter");
  await expect(page.getByLabel("Value of rule 1")).toHaveValue("it-admins");
  await page.getByRole("button", { name: "Try", exact: true }).click();
  await expect(tried(page)).toContainText("Super Admin");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save rules" }).click();
  await expectTold(page.getByRole("form"), "confirmation_required", "Super Admin");
  await page.getByLabel(/^Yes, give whoever these rules fit the role Super Admin/).check();
  await page.getByRole("button", { name: "Save rules" }).click();
  await expectDone(page, "save role rules", /\b2\b/);

  await page.getByRole("link", { name: "Set-up" }).click();
  await page.getByRole("button", { name: "Switch on" }).click();
  await expectDone(page, "switch identity provider", "Acme ID");

  await identify(owner, { slug: "acme-id" }, { groups: ["everybody"] });
  const tom = await person({ roles: ["user"], username: "tom" });
  await identify(tom, { slug: "acme-id" }, { groups: ["it-admins"] });
  await identify(await person({ roles: ["user"], username: "una" }), { slug: "acme-id" }, {});
  await database().role.updateMany({ where: { key: "superadmin" }, data: { guarded: false } });
  await page.getByRole("navigation", { name: "Acme ID" }).getByRole("link", { name: "Role sync" }).click();
  await expect(page.getByRole("row", { name: /^olivia/ })).toContainText("loses Super Admin");
  await expect(page.getByRole("row", { name: /^tom/ })).toContainText("gains Super Admin");
  await expectTold(page.getByRole("row", { name: /^una/ }), "claim_missing");
  await page.getByRole("link", { name: /would lose something/ }).click();
  await expect(page.getByRole("row", { name: /^una/ })).toBeHidden();
  await expectAccessible(page);
  await database().identity.updateMany({ where: { userId: tom.id }, data: { claims: { groups: [] } } });
  await page.getByRole("button", { name: "Switch role sync on" }).click();
  await expectTold(page.getByRole("form"), "sync_brake");
  await database().identity.updateMany({
    where: { userId: owner.id },
    data: { claims: { groups: ["it-admins"] } },
  });
  await page.getByRole("button", { name: "Switch role sync on" }).click();
  await expectDone(page, "switch role sync", "Acme ID");
  await expect(page.getByRole("heading", { name: "Acme ID decides roles" })).toBeVisible();
  await page.getByRole("link", { name: "Single sign-on" }).first().click();
  await expect(page.getByRole("list", { name: "Identity providers" })).toContainText("Role sync");
  await expectAccessible(page);
  await page.goto("/settings/sso/acme-id?delete");
  await expect(page.getByRole("dialog", { name: "Delete Acme ID?" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Delete provider" }).last().click();
  await expect(page).toHaveURL("/settings/sso");
  await expect(page.getByRole("heading", { name: "No identity provider yet" })).toBeVisible();
});

test("the same without scripts", async ({ as, owner }) => {
  const page = await as(owner, { javaScriptEnabled: false });
  await page.goto("/settings/sso/new");
  await page.getByLabel("Name", { exact: true }).fill("Plain ID");
  await page.getByLabel("Issuer").fill(peer.issuer);
  await page.getByLabel("Allow plain http").check();
  await page.getByRole("button", { name: "Look it up and add it" }).click();
  await expect(page).toHaveURL("/settings/sso/plain-id");
  await register(page, "plain");
  await page.getByLabel("Client ID").fill("plain");
  await page.getByLabel("Client secret").fill(client.secret);
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Saved Plain ID")).toBeVisible();
  await page
    .getByRole("navigation", { name: "Plain ID" })
    .getByRole("link", { name: "Test sign-in" })
    .click();
  await page.getByRole("button", { name: "Sign in at Plain ID to test" }).click();
  await page.getByRole("link", { name: "Go on at the provider" }).click();
  await page.getByLabel("Name at the provider").fill("jane");
  await page.getByRole("button", { name: "Go on" }).click();
  await expectDone(page, "finish test sign-in");
  await page.getByRole("link", { name: "Show what came" }).click();
  await page.getByRole("link", { name: "Make a rule: groups = it-admins" }).click();
  await page.getByLabel("Role of rule 1").selectOption("Readonly");
  await page.getByRole("button", { name: "Add rule" }).click();
  await page.getByLabel("Value of rule 2").fill("everybody");
  await page.getByLabel("Role of rule 2").selectOption("User");
  await page.getByRole("button", { name: "Move rule 2 up" }).click();
  await expect(page.getByLabel("Value of rule 1")).toHaveValue("everybody");
  await expect(page.getByLabel("Role of rule 2")).toHaveValue("readonly");
  await page.getByRole("button", { name: "Try", exact: true }).click();
  await expect(tried(page)).toContainText("User");
  await page.getByRole("button", { name: "Remove rule 1" }).click();
  await page.getByRole("button", { name: "Save rules" }).click();
  await expectDone(page, "save role rules", /\b1\b/);
  const row = await database().identityProvider.findUniqueOrThrow({ where: { slug: "plain-id" } });
  expect(row.rules).toEqual([{ claim: "groups", value: "it-admins", role: "readonly" }]);
  await page.getByRole("link", { name: "Set-up" }).click();
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByRole("link", { name: "Switch off" })).toBeVisible();
  await page.getByRole("link", { name: "Switch off" }).click();
  await page.getByRole("button", { name: "Switch off" }).last().click();
  await expect(page.getByRole("button", { name: "Switch on" })).toBeVisible();
});
