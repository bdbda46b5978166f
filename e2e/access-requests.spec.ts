import { database } from "#lib/kernel/database.ts";
import { person, rolesOf } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expectInvalid, expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";

test("T11: asked for, granted by somebody else, told to whoever asked, and ended early", async ({
  as,
  owner,
}) => {
  const jane = await person({ roles: ["user"], username: "jane", givenName: "Jane" });
  const [hers, page] = [await as(jane), await as(owner)];
  await hers.goto("/account/access");
  await hers.getByRole("link", { name: "Ask for access" }).click();
  const ask = hers.getByRole("dialog");
  await ask.getByRole("button", { name: "Send request" }).click();
  await expectInvalid(ask.getByLabel("Role"), "too_small");
  await ask.getByLabel("Role").selectOption("Host manager");
  await ask.getByLabel("Reason").fill("Patch the mail hosts tonight");
  await ask.getByLabel("For how long").selectOption("1 day");
  await ask.getByRole("button", { name: "Send request" }).click();
  await expect(ask).toBeHidden();
  const mine = hers.getByRole("list", { name: "Your requests" });
  await expect(mine).toContainText("Open");
  await expectAccessible(hers);

  await page.goto("/settings/users");
  const place = page
    .getByRole("navigation", { name: "Console" })
    .getByRole("link", { name: /Access Requests/ });
  await expect(place).toContainText("1 waiting");
  await place.click();
  await expect(page.getByRole("list", { name: "Open requests" })).toContainText(
    "Patch the mail hosts tonight",
  );
  await expectAccessible(page);
  await page.getByRole("link", { name: "Grant Host manager for jane" }).click();
  const grant = page.getByRole("dialog");
  await grant.getByLabel("Note to whoever asked").fill("Until tomorrow, then");
  await expectAccessible(page);
  await grant.getByRole("button", { name: "Grant access" }).click();
  await expect(grant).toBeHidden();
  await expect(page.getByRole("list", { name: "Temporary access now" })).toContainText("Host manager");
  await expect(place).not.toContainText("waiting");
  expect(await rolesOf(jane)).toEqual(["host_manager", "user"]);

  // What one holds changed, so every session of hers ended; with a new one she sees the answer.
  await hers.reload();
  await expect(hers).toHaveURL(/\/sign-in/);
  const again = await as(jane);
  await again.goto("/account/access");
  await expectTold(again, "granted", "Host manager", "Until tomorrow, then");
  await expect(again.getByRole("list", { name: "Your roles" })).toContainText(/Host manager.*until/);
  await expectAccessible(again);

  await page.getByRole("button", { name: "End Host manager of jane now" }).click();
  await expect(page.getByRole("button", { name: "End Host manager of jane now" })).toHaveCount(0);
  expect(await rolesOf(jane)).toEqual(["user"]);
});

test("refused with a note; whoever asked takes the next one back", async ({ as, owner }) => {
  const ben = await person({ roles: ["user"], username: "ben" });
  const [his, page] = [await as(ben), await as(owner)];
  const ask = async () => {
    await his.goto("/account/access?ask");
    const dialog = his.getByRole("dialog");
    await dialog.getByLabel("Role").selectOption("Host manager");
    await dialog.getByLabel("Reason").fill("Curious");
    await dialog.getByRole("button", { name: "Send request" }).click();
    await expect(dialog).toBeHidden();
  };
  await ask();
  await page.goto("/settings/access-requests");
  await page.getByRole("link", { name: "Refuse Host manager for ben" }).click();
  await page.getByRole("dialog").getByLabel("Note to whoever asked").fill("Not for that");
  await page.getByRole("dialog").getByRole("button", { name: "Refuse request" }).click();
  await expect(page.getByRole("list", { name: "Decided requests" })).toContainText("Not for that");
  await his.reload();
  await expectTold(his, "refused", "Host manager");
  await ask();
  await his.getByRole("button", { name: "Withdraw Host manager" }).click();
  await expect(his.getByRole("list", { name: "Your requests" })).toContainText("Withdrawn");
  expect(await rolesOf(ben)).toEqual(["user"]);
});

test("nobody decides about their own request, and the second of two approvers is told", async ({
  as,
  owner,
}) => {
  const admin = await person({ roles: ["admin"], username: "adam" });
  const kim = await person({ roles: ["user"], username: "kim" });
  const [first, second] = [await as(admin), await as(owner)];
  const role = await database().role.findUniqueOrThrow({ where: { key: "host_manager" } });
  const request = (userId: string) =>
    database().accessRequest.create({
      data: {
        id: crypto.randomUUID(),
        userId,
        roleId: role.id,
        reason: "night shift",
        endsAt: new Date(Date.now() + 3_600_000),
        createdAt: new Date(),
      },
    });
  await request(admin.id);
  await request(kim.id);
  await first.goto("/settings/access-requests");
  const own = first.getByRole("button", { name: "Grant Host manager for adam" });
  await expect(own).toBeDisabled();
  await expect(own).toHaveAccessibleDescription(/\S/);
  for (const page of [first, second]) {
    await page.goto("/settings/access-requests");
    await page.getByRole("link", { name: "Grant Host manager for kim" }).click();
  }
  await first.getByRole("button", { name: "Grant access" }).click();
  await expect(first.getByRole("dialog")).toBeHidden();
  await second.getByRole("button", { name: "Grant access" }).click();
  await expectTold(second, "already_decided", "adam");
});

test("T11: an administrator gives a role for a task from a user's roles", async ({ as, owner }) => {
  const lee = await person({ roles: ["user"], username: "lee" });
  const page = await as(owner);
  await page.goto(`/settings/users?roles=${lee.id}`);
  await page.getByRole("dialog").getByRole("link", { name: "Give temporarily" }).click();
  const dialog = page.getByRole("dialog", { name: /Give lee access for a time/ });
  await dialog.getByLabel("Role").selectOption("Host manager");
  await dialog.getByRole("button", { name: "Give access" }).click();
  await expectInvalid(dialog.getByLabel("Reason"), "too_small");
  await dialog.getByLabel("Reason").fill("Moves the backup");
  await dialog.getByLabel("For how long").selectOption("Until …");
  await dialog.getByLabel("Ends").fill("2020-01-01T08:00");
  await dialog.getByRole("button", { name: "Give access" }).click();
  await expectTold(dialog, "end_in_past");
  await expectAccessible(page);
  await dialog.getByLabel("For how long").selectOption("8 hours");
  await dialog.getByRole("button", { name: "Give access" }).click();
  const roles = page.getByRole("dialog", { name: "Roles of lee" });
  await expect(roles.getByRole("heading", { name: "Temporary access" })).toBeVisible();
  await expect(roles.getByText(/olivia.*Moves the backup/)).toBeVisible();
  await expectAccessible(page);
  await roles.getByRole("button", { name: "End Host manager of lee now" }).click();
  await expect(roles.getByRole("heading", { name: "Temporary access" })).toBeHidden();
});
