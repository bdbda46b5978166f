import { request } from "node:http";
import { database } from "#lib/kernel/database.ts";
import { person } from "#test/people.ts";
import { newcomer } from "#test/scim-client.ts";
import { expectAccessible } from "./accessible.ts";
import { expect, test } from "./fixtures.ts";

/** What a provider's client sends, with nothing of a browser about it. */
function post(address: string, token: string, body: object): Promise<number> {
  return new Promise((done, fail) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/scim+json" };
    const asked = request(address, { method: "POST", headers, agent: false }, (response) => {
      response.resume().on("end", () => done(response.statusCode ?? 0));
    });
    asked.on("error", fail).end(JSON.stringify(body));
  });
}

test("a token is made, shown once, brings somebody, and fails once it is revoked", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/sso/provisioning");
  await expectAccessible(page);
  const base = (await page.locator("code").first().textContent()) ?? "";
  await page.getByRole("link", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Okta");
  await expect(dialog.getByLabel("Users")).toBeChecked();
  await expect(dialog.getByLabel("Administrators")).not.toBeChecked();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create token" }).click();
  const secret = (await dialog.locator("code").textContent()) ?? "";
  expect(secret).toMatch(/^bwk_scim_/);
  await expectAccessible(page);
  await dialog.getByRole("link", { name: "I have copied it" }).click();
  await expect(dialog).toBeHidden();

  const sent = newcomer();
  expect(await post(`${base}/Users`, secret, sent)).toBe(201);
  expect(await database().user.count({ where: { emailKey: sent.userName } })).toBe(1);
  await page.reload();
  const row = page.getByRole("listitem").filter({ hasText: "Okta" });
  await expect(row).toContainText("Works");
  await expect(row).toContainText("Last used");
  expect(await page.content()).not.toContain(secret);
  await expectAccessible(page);

  await row.getByRole("link", { name: "Revoke Okta" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke token" }).click();
  await expect(row).toContainText("Revoked");
  expect(await post(`${base}/Users`, secret, newcomer())).toBe(401);
});

test("who may not see settings does not see tokens", async ({ as, owner, problems }) => {
  problems.expect(/status of 403/);
  expect(owner.username).toBe("olivia");
  const page = await as(await person({ roles: ["readonly"] }));
  const answer = await page.goto("/settings/sso/provisioning");
  expect(answer?.status()).toBe(403);
});
