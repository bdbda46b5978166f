import { database } from "#lib/kernel/database.ts";
import { password } from "#test/people.ts";
import { expectInvalid, expectTold, saidFor } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { addFields, fillIdentity } from "./forms.ts";

const ada = { username: "ada", email: "ada@example.com", givenName: "Ada", familyName: "Lovelace" };

test.describe("one installation from its first visitor on", () => {
  test.describe.configure({ mode: "serial" });
  test.use({ unvisited: true });

  test("every page of an empty installation leads to set-up, which only says where the link is", async ({
    page,
  }) => {
    for (const path of ["/", "/sign-in", "/sign-up", "/settings/users", "/settings/roles", "/nowhere"]) {
      await page.goto(path);
      await expect(page).toHaveURL("/setup");
    }
    await expectTold(page, "link_needed");
    await expect(page.getByRole("textbox")).toHaveCount(0);
  });

  test("a wrong set-up link opens nothing", async ({ page }) => {
    await page.goto("/setup?token=made-up");
    await expectTold(page, "bad_setup_link");
    await expect(page.getByRole("textbox")).toHaveCount(0);
  });

  test("the set-up form names each bad field beside the field", async ({ page, installation }) => {
    await page.goto(installation.setupLink);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByLabel("Username")).toBeFocused();
    await expectInvalid(page.getByLabel("Username"), "too_small");
    await expectInvalid(page.getByLabel("Email"), "invalid_format");
    await expectInvalid(page.getByLabel("Password", { exact: true }), "too_small");
    expect(await database().user.count()).toBe(0);
  });

  test("the first account becomes superadmin and is signed in (P06)", async ({ page, installation }) => {
    await page.goto(installation.setupLink);
    await fillIdentity(page, ada);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page).toHaveURL("/settings/users");
    await expect(page.getByRole("row", { name: /Ada Lovelace.*You/ })).toContainText("Super Admin");
  });

  test("after set-up its page and its link are gone", async ({ page, installation }) => {
    await page.goto("/setup");
    await expect(page).toHaveURL("/sign-in");
    await page.goto(installation.setupLink);
    await expect(page).toHaveURL("/sign-in");
  });
});

test.describe("two browsers", () => {
  test.use({ share: "nothing" });

  test("when two people set up at once, one becomes the owner and the other is told to sign in", async ({
    as,
    installation,
  }) => {
    const link = installation.setupLink;
    const people = [ada, { ...ada, username: "grace", email: "grace@example.com", givenName: "Grace" }];
    const pages = await Promise.all(
      people.map(async (identity) => {
        const page = await as(undefined);
        await page.goto(link);
        await fillIdentity(page, identity);
        await page.getByLabel("Password", { exact: true }).fill(password);
        return page;
      }),
    );
    await Promise.all(pages.map((page) => page.getByRole("button", { name: "Create account" }).click()));
    const ends = await Promise.all(
      pages.map(async (page) => {
        const inside = page.getByRole("heading", { name: "Users", level: 1 });
        const told = saidFor(page, "already_set_up");
        await expect(inside.or(told)).toBeVisible();
        return (await inside.isVisible()) ? "inside" : "told";
      }),
    );
    expect(ends.sort()).toEqual(["inside", "told"]);
    expect(await database().user.count()).toBe(1);
  });
});

test.describe("a role in the request", () => {
  test.use({ share: "nothing" });

  test("the first account becomes superadmin whatever role is sent along (P06)", async ({
    page,
    installation,
  }) => {
    await page.goto(installation.setupLink);
    await fillIdentity(page, ada);
    await page.getByLabel("Password", { exact: true }).fill(password);
    const button = page.getByRole("button", { name: "Create account" });
    await addFields(button, { roles: "readonly", role: "readonly", active: "false", id: "1" });
    await button.click();
    await expect(page).toHaveURL("/settings/users");
    const [first] = await database().user.findMany({
      select: { username: true, active: true, assignments: { select: { role: { select: { key: true } } } } },
    });
    expect(first).toEqual({
      username: "ada",
      active: true,
      assignments: [{ role: { key: "superadmin" } }],
    });
  });
});
