import type { Page } from "@playwright/test";
import { person } from "#test/people.ts";
import { expect, test } from "./fixtures.ts";
import { openHeld } from "./held-scripts.ts";

/** Opens a page that is there, but not alive yet. */
async function openWithoutScripts(page: Page, path: string): Promise<() => void> {
  const letGo = await openHeld(page, path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: "Go to or do" })).toHaveCount(0);
  return letGo;
}

test.beforeEach(async ({ installation, owner }) => {
  expect(owner.username).toBe("olivia");
  await installation.once("people", async () => {
    for (const username of ["amy", "bob"]) await person({ roles: ["user"], username });
    await person({ roles: ["host_manager"], username: "zoe" });
  });
});

const people = (page: Page) => page.getByRole("table", { name: "Users" }).locator("tbody").getByRole("row");

test("a filter that is set before the scripts have arrived applies as soon as they have", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  const letGo = await openWithoutScripts(page, "/settings/users");
  await page.getByLabel("Role", { exact: true }).selectOption("Host manager");
  letGo();
  await expect(page).toHaveURL("/settings/users?role=host_manager");
  await expect(people(page)).toHaveCount(1);
  await expect(page.getByLabel("Role", { exact: true })).toHaveValue("host_manager");
});

test("so does a search, and typing goes on where it was", async ({ as, owner }) => {
  const page = await as(owner);
  const letGo = await openWithoutScripts(page, "/settings/users");
  const search = page.getByLabel("Search users");
  await search.pressSequentially("zo");
  letGo();
  await expect(page.getByRole("button", { name: "Go to or do" })).toBeVisible();
  await page.keyboard.type("e");
  await expect(page).toHaveURL("/settings/users?q=zoe");
  await expect(search).toHaveValue("zoe");
  await expect(people(page)).toHaveCount(1);
});

test("Ctrl-K and what is typed after it open the palette, and Enter goes", async ({ as, owner }) => {
  const page = await as(owner);
  const letGo = await openWithoutScripts(page, "/account");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("add ro");
  letGo();
  const box = page.getByRole("combobox", { name: "Go to or do" });
  await expect(box).toBeFocused();
  await expect(box).toHaveValue("add ro");
  await expect(page.getByRole("option")).toHaveText(["Add role"]);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Add New Role" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.keyboard.press("Control+k");
  await expect(box).toHaveValue("");
});

test("nothing happens by itself: an address that names an unknown filter stays, and so does a page that nobody touched", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  for (const path of ["/settings/users?role=no_such_role", "/settings/users?q=zoe", "/settings/sessions"]) {
    const letGo = await openWithoutScripts(page, path);
    letGo();
    await expect(page.getByRole("button", { name: "Go to or do" })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await expect(page).toHaveURL(path);
    await page.unrouteAll({ behavior: "wait" });
  }
});
