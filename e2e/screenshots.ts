import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { fillWithDemo } from "#lib/demo/index.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { projectFolder } from "#server/project-folder.ts";
import { password } from "#test/people.ts";
import { expect, test } from "./fixtures.ts";
import type { Installation } from "./installation.ts";
import { smallPng } from "./small-png.ts";

// Writes docs/screenshots: `npm run screenshots`.
const folder = join(projectFolder, "docs", "screenshots");

const demoOwner = (installation: Installation) =>
  installation.once("demonstration", async () => {
    const { owner } = await runCommand(fillWithDemo, systemCall("screenshots"), { password });
    return database().user.findFirstOrThrow({ where: { username: owner }, select: { id: true } });
  });

async function shoot(page: Page, name: string): Promise<void> {
  // Neither the pointer nor a blinking caret belongs into a picture.
  await page.mouse.move(0, 0);
  const taken = await page.screenshot({ caret: "hide", animations: "disabled" });
  const png = await smallPng(page, taken);
  expect(png.length, `${name}.png`).toBeLessThan(150_000);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.png`), png);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`screens, ${colorScheme}`, async ({ as, installation }) => {
    const page = await as(await demoOwner(installation), { colorScheme });
    const visitor = await as(undefined, { colorScheme });
    await visitor.goto("/sign-in");
    await shoot(visitor, `sign-in-${colorScheme}`);

    await page.goto("/settings/users?sort=-lastSignIn");
    await expect(page.getByRole("row")).toHaveCount(26);
    // Only what has come alive can be pressed, and looks so.
    await expect(page.getByRole("button", { name: "Go to or do" })).toBeAttached();
    await shoot(page, `users-${colorScheme}`);
    await page.goto("/settings/users?add");
    await expect(page.getByRole("dialog")).toBeVisible();
    await expect(page.getByRole("button", { name: "Go to or do" })).toBeAttached();
    await shoot(page, `add-user-${colorScheme}`);

    await page.goto("/settings/roles");
    await expect(page.getByRole("grid")).toBeVisible();
    await shoot(page, `roles-${colorScheme}`);
    await page.goto("/settings/roles?edit=host_manager");
    for (const permission of ["Manage Packages", "View Users", "Export Data"])
      await page.getByRole("checkbox", { name: `${permission}, Host manager` }).click();
    await shoot(page, `role-editor-${colorScheme}`);
  });
}

test("screens of a phone", async ({ as, installation }) => {
  const page = await as(await demoOwner(installation), {
    viewport: { width: 360, height: 740 },
    isMobile: true,
  });
  for (const name of ["users", "roles"]) {
    await page.goto(`/settings/${name}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await shoot(page, `${name}-phone`);
  }
});
