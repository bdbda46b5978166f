import type { Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { person } from "#test/people.ts";
import { expect, test } from "./fixtures.ts";
import type { Installation } from "./installation.ts";

const table = (page: Page) => page.getByRole("table", { name: "Users" });
const names = (page: Page) => table(page).getByRole("rowheader");

/** Sixty people: three inactive, one of them a host manager, six who signed in this week. */
function crowd(installation: Installation) {
  return installation.once("crowd", async () => {
    for (let number = 1; number <= 60; number += 1) {
      const who = String(number).padStart(2, "0");
      await person({
        username: `person-${who}`,
        // By email they come in the opposite order.
        email: `${String(61 - number).padStart(2, "0")}@example.com`,
        roles: [number % 10 === 0 ? "host_manager" : "user"],
        active: ![20, 21, 22].includes(number),
      });
    }
    const recent = Array.from({ length: 6 }, (_, index) => `person-0${index + 1}`);
    await database().user.updateMany({
      where: { username: { in: recent } },
      data: { lastSignInAt: new Date() },
    });
  });
}

test.beforeEach(async ({ installation, owner }) => {
  expect(owner.username).toBe("olivia");
  await crowd(installation);
});

test("the row of the administrator who looks has a You badge", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/users?q=olivia");
  await expect(names(page)).toHaveCount(1);
  await expect(names(page).getByText("You", { exact: true })).toBeVisible();
  await page.goto("/settings/users?q=person-01");
  await expect(names(page).getByText("You", { exact: true })).toBeHidden();
});

test("an inactive user has a badge that says so (P36)", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/users?q=person-2");
  await expect(
    page.getByRole("row", { name: /person-21/ }).getByText("Inactive", { exact: true }),
  ).toBeVisible();
  await expect(
    page.getByRole("row", { name: /person-23/ }).getByText("Active", { exact: true }),
  ).toBeVisible();
});

test("one search box finds words and understands role:, status: and dormant:", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/users");
  const search = page.getByRole("combobox", { name: "Search users" });
  await search.fill("PERSON-4");
  await expect(names(page)).toHaveCount(10);
  await expect(page).toHaveURL("/settings/users?q=PERSON-4");

  await search.fill("role:host_manager");
  await expect(names(page)).toHaveCount(6);
  await search.fill("role:host_manager status:inactive");
  await expect(names(page)).toHaveText([/person-20/]);
  await search.fill("person-0 dormant:30d");
  await expect(names(page)).toHaveCount(3);
  await search.fill("zebra");
  await expect(page.locator('[data-empty="no-match"]')).toBeVisible();
  await page.getByRole("link", { name: "Show all users" }).click();
  await expect(names(page)).toHaveCount(25);
  await expect(search).toHaveValue("");
});

test("the search box offers its tokens and their values", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/users");
  await page.keyboard.press("/");
  const search = page.getByRole("combobox", { name: "Search users" });
  await expect(search).toBeFocused();
  await page.keyboard.type("sta");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(search).toHaveValue("status:");
  await page.getByRole("option", { name: "status:inactive" }).click();
  await expect(names(page)).toHaveCount(3);
});

test("filters by role and by status combine, and live in the address", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/users");
  await page.getByLabel("Role", { exact: true }).selectOption("Host manager");
  await expect(names(page)).toHaveCount(6);
  await page.getByLabel("Status", { exact: true }).selectOption("Inactive");
  await expect(names(page)).toHaveText([/person-20/]);
  await expect(page).toHaveURL("/settings/users?role=host_manager&status=inactive");
  await page.reload();
  await expect(names(page)).toHaveText([/person-20/]);
  await page.goBack();
  await expect(names(page)).toHaveCount(6);
});

test("a column header sorts, and pressed again turns the order around", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/users");
  const email = page.getByRole("columnheader", { name: "Email" });
  await email.getByRole("link").click();
  await expect(email).toHaveAttribute("aria-sort", "ascending");
  await expect(names(page).first()).toContainText("person-60");
  await email.getByRole("link").click();
  await expect(email).toHaveAttribute("aria-sort", "descending");
  await expect(names(page).first()).toContainText("Olivia");
  const last = page.getByRole("columnheader", { name: "Last sign-in" });
  await last.getByRole("link").click();
  await expect(last).toHaveAttribute("aria-sort", "descending");
  await expect(names(page).first()).toContainText(/person-0[1-6]/);
});

test("pages follow one another by cursor, and Back returns to the page before", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/users?q=person");
  await expect(page.getByText("60 users")).toBeVisible();
  await expect(page.getByRole("link", { name: "Previous" })).toBeDisabled();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(names(page).first()).toContainText("person-26");
  await expect(page).toHaveURL(/[?&]after=/);
  // Somebody who comes in before moves nobody on this page.
  await person({ username: "person-00", roles: ["user"] });
  await page.getByRole("link", { name: "Next" }).click();
  await expect(names(page)).toHaveCount(10);
  await expect(names(page).first()).toContainText("person-51");
  await expect(page.getByRole("link", { name: "Next" })).toBeDisabled();
  await page.goBack();
  await expect(names(page).first()).toContainText("person-26");
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(names(page).first()).toContainText("person-01");
  await page.getByLabel("Rows").selectOption("100");
  await expect(names(page)).toHaveCount(61);
});
