import { customRole } from "#test/people.ts";
import { expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { matrixOf } from "./matrix-page.ts";
import { grantsOf } from "./roles.ts";

test("a role is edited and saved with the keyboard alone (P18)", async ({ as, owner }) => {
  await customRole("typist", ["can_view_dashboard"]);
  const page = await as(owner);
  await page.goto("/settings/roles");
  const { grid, pencil, box, cell, editor } = matrixOf(page);
  const { keyboard } = page;
  const press = async (...keys: string[]) => {
    for (const key of keys) await keyboard.press(key);
  };

  // The grid is one stop of the Tab key, after the search and the two buttons beside it.
  await page.getByRole("searchbox", { name: "Search permissions" }).focus();
  await press("Tab", "Tab", "Tab");
  await expect(grid.getByRole("rowheader").first().getByText("Monitoring & Visibility")).toBeVisible();

  // Into the header row, along it, and back and forth.
  await press("Control+Home", "ArrowRight");
  await expect(pencil("Super Admin")).toBeFocused();
  await press("End");
  await expect(pencil("Typist")).toBeFocused();
  await press("Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft");
  await expect(pencil("Admin")).toBeFocused();
  await press("Control+End");
  await expect(cell("Manage Billing", "Typist")).toBeFocused();
  await press("PageUp", "PageDown");
  await expect(cell("Manage Billing", "Typist")).toBeFocused();
  await press("Control+ArrowUp");
  await expect(pencil("Typist")).toBeFocused();

  // Enter opens the editor, Space ticks, Enter says why.
  await press("Enter");
  await expect(box("View Dashboard", "Typist")).toBeFocused();
  await press("ArrowDown", "Space");
  await expect(box("View Hosts", "Typist")).toBeFocused();
  await expect(box("View Hosts", "Typist")).toBeChecked();
  await press("ArrowUp", "Space");
  await expect(box("View Dashboard", "Typist")).not.toBeChecked();
  await press("Enter");
  const why = page.getByRole("dialog", { name: "View Dashboard" });
  await expectTold(why, "unsaved");
  await press("Escape");
  await expect(why).toBeHidden();
  await expect(box("View Dashboard", "Typist")).toBeFocused();

  // The group's own box, then out of the grid to Save.
  await press("ArrowUp");
  const group = grid.getByRole("button", { name: "Select all: Monitoring & Visibility, Typist" });
  await expect(group).toBeFocused();
  await press("Space");
  await expect(editor("Typist")).toContainText("4 added");
  const save = editor("Typist").getByRole("button", { name: "Save" });
  for (
    let stops = 0;
    stops < 8 && !(await save.evaluate((element) => element === document.activeElement));
    stops += 1
  )
    await press("Tab");
  await expect(save).toBeFocused();
  await press("Enter");
  await expect(editor("Typist")).toBeHidden();
  await expect(pencil("Typist")).toBeFocused();
  expect(await grantsOf("typist")).toEqual([
    "can_view_dashboard",
    "can_view_hosts",
    "can_view_notification_logs",
    "can_view_packages",
    "can_view_reports",
  ]);
});

test("Esc leaves the editor at once when nothing is changed, and asks when something is", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/roles");
  const { pencil, box } = matrixOf(page);
  await pencil("Readonly").focus();
  await page.keyboard.press("Enter");
  await expect(box("View Dashboard", "Readonly")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(pencil("Readonly")).toBeFocused();
  await expect(page).toHaveURL("/settings/roles");

  await page.keyboard.press("Enter");
  await expect(box("View Dashboard", "Readonly")).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Keep editing" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(pencil("Readonly")).toBeFocused();
  expect(await grantsOf("readonly")).toContain("can_view_dashboard");
});

test("every action that somebody may take is behind Ctrl-K", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/account");
  await page.keyboard.press("Control+k");
  const box = page.getByRole("combobox", { name: "Go to or do" });
  await expect(box).toBeFocused();
  await page.keyboard.type("add ro");
  await expect(page.getByRole("option")).toHaveText(["Add role"]);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Add New Role" })).toBeVisible();
});

test("the first stop of the Tab key skips the navigation", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/roles");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});
