import { customRole, person } from "#test/people.ts";
import { expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { matrixOf } from "./matrix-page.ts";
import { grantsOf } from "./roles.ts";

test("of two administrators who edit one role the second is told what changed, loses nothing, and saves", async ({
  as,
  owner,
}) => {
  await customRole("shared", ["can_view_hosts", "can_view_reports"]);
  const [one, two] = [await as(owner), await as(await person({ roles: ["superadmin"], username: "sam" }))];
  for (const page of [one, two]) await page.goto("/settings/roles?edit=shared");
  const first = matrixOf(one);
  const second = matrixOf(two);

  await first.box("Export Data", "Shared").click();
  await first.box("View Reports", "Shared").click();
  await first.editor("Shared").getByRole("button", { name: "Save" }).click();
  await expect(first.editor("Shared")).toBeHidden();

  await second.box("Manage Docker", "Shared").click();
  const bar = second.editor("Shared");
  await bar.getByRole("button", { name: "Save" }).click();
  await expectTold(bar, "edit_conflict", "olivia", /Export Data.*View Reports/);
  await expect(second.box("Manage Docker", "Shared")).toBeChecked();
  await expect(second.box("Export Data", "Shared")).toBeChecked();
  await expect(second.box("View Reports", "Shared")).not.toBeChecked();
  expect(await grantsOf("shared")).toEqual(["can_export_data", "can_view_hosts"]);

  await bar.getByRole("button", { name: "Save" }).click();
  await expect(bar).toBeHidden();
  expect(await grantsOf("shared")).toEqual(["can_export_data", "can_manage_docker", "can_view_hosts"]);
});

test("a role that somebody deleted in the meantime cannot be saved, and the editor says so", async ({
  as,
  owner,
}) => {
  await customRole("fleeting", ["can_view_hosts"]);
  const [one, two] = [await as(owner), await as(await person({ roles: ["superadmin"], username: "sue" }))];
  for (const page of [one, two]) await page.goto("/settings/roles?edit=fleeting");
  await matrixOf(two).box("Manage Docker", "Fleeting").click();

  await one.getByRole("button", { name: "Delete role" }).click();
  await one.getByRole("dialog").getByRole("button", { name: "Delete role" }).click();
  await expect(matrixOf(one).editor("Fleeting")).toBeHidden();

  await matrixOf(two).editor("Fleeting").getByRole("button", { name: "Save" }).click();
  await expectTold(two, "role_not_found", "fleeting");
});
