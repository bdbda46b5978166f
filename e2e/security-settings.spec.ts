import { person } from "#test/people.ts";
import { expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";

test.use({ catalogue: "uptrakit" });

test("whoever may look at settings but not change them sees them fixed, with the reason", async ({ as }) => {
  const page = await as(await person({ roles: ["viewer"] }));
  await page.goto("/settings/security");
  await expectTold(page, "missing_capability");
  await expect(page.getByLabel("Minimum length in characters")).toBeDisabled();
  await expect(page.getByLabel("A digit")).toBeDisabled();
  const save = page.getByRole("button", { name: "Save settings" });
  await expect(save).toHaveAccessibleDescription(/\S/);
});
