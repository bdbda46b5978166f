import type { Server } from "node:http";
import { database } from "#lib/kernel/database.ts";
import { rolesOf } from "#test/people.ts";
import { SamlIdentityProvider } from "#test/saml-provider.ts";
import { storeProvider } from "#test/sync.ts";
import { expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";

const idp = new SamlIdentityProvider();
let server: Server;

test.beforeAll(async () => {
  server = await idp.listen();
});
test.afterAll(() => server.close());

test("T20: SAML single sign-on gives the role that an attribute of the assertion is mapped to, anew at each sign-in", async ({
  as,
  owner,
}) => {
  const settings = idp.settings({ autoCreateUsers: true, trustUnverifiedEmail: true });
  const rules = [
    { value: "Platform admins", role: "admin" },
    { value: "Operators", role: "host_manager" },
  ];
  await storeProvider({ kind: "saml", slug: "company", settings, rules });
  idp.says = {
    subject: "nina@example.com",
    attributes: { groups: ["everybody", "platform admins"], givenName: ["Nina"], sn: ["Novak"] },
  };

  const page = await as(undefined);
  await page.goto("/settings/users");
  await page.getByRole("link", { name: "Company sign-in" }).click();
  await expect(page.getByRole("heading", { name: "Users", level: 1 })).toBeVisible();
  await expect(page.getByRole("row", { name: /Nina Novak/ })).toContainText("Admin");
  await expect(page.getByRole("row", { name: new RegExp(owner.username) })).toBeVisible();

  idp.says = { ...idp.says, attributes: { groups: ["operators"] } };
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Company sign-in" }).click();
  await expect(page).toHaveURL(/\/$|\/dashboard|\/account/);
  const { id } = await database().user.findUniqueOrThrow({ where: { usernameKey: "nina" } });
  expect(await rolesOf({ id })).toEqual(["host_manager"]);

  idp.says = { ...idp.says, issuer: "https://another.example.com" };
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Company sign-in" }).click();
  await expectTold(page, "saml_issuer");
});
