import { database } from "#lib/kernel/database.ts";
import { addressLinkFor } from "#test/links.ts";
import { password, person } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expect, test } from "./fixtures.ts";
import { fillSignIn } from "./forms.ts";

test.describe.configure({ timeout: 180_000 });

test("an address that waits is shown in the profile, taken back there, and confirmed behind its link", async ({
  as,
}) => {
  const who = await person({ roles: ["user"] });
  await addressLinkFor(who, new Date());
  const page = await as(who);
  await page.goto("/account/profile");
  await expectAccessible(page);
  const keep = page.getByRole("button", { name: "Keep current address" });
  await keep.focus();
  await page.keyboard.press("Enter");
  await expect(keep).toBeHidden();

  const token = await addressLinkFor(who, new Date());
  const anywhere = await as(undefined);
  await anywhere.goto(`/new-address?token=${token}`);
  await expect(anywhere).toHaveURL("/new-address");
  await expectAccessible(anywhere);
  await anywhere.getByRole("button", { name: "Confirm address" }).focus();
  await anywhere.keyboard.press("Enter");
  await expect(anywhere).toHaveURL("/new-address?done");
  await expectAccessible(anywhere);
  const { email } = await database().user.findUniqueOrThrow({ where: { id: who.id } });
  expect(email).toBe(`${who.username}.new@example.com`);
  await anywhere.goto(`/new-address?token=${token}`);
  await expect(anywhere.getByRole("button", { name: "Confirm address" })).toBeHidden();
  await expectAccessible(anywhere);
});

test("a browser keeps by what it is known to each of two people, out of reach of scripts", async ({ as }) => {
  const page = await as(undefined);
  const known = async () => (await page.context().cookies()).find(({ name }) => name === "bailiwick-device");
  for (const turn of [1, 2]) {
    const { username } = await person({ roles: ["user"] });
    await page.goto("/sign-in");
    await fillSignIn(page, username, password);
    await expect(page).toHaveURL(/\/account/);
    const cookie = await known();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    expect(cookie?.value.split(".")).toHaveLength(turn);
    const session = { name: "bailiwick-session" };
    await page.context().clearCookies(session);
  }
});
