import type { Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { authenticatorApp, enrolTotp } from "#test/factors.ts";
import { customRole, password, person } from "#test/people.ts";
import { expectDone, expectInvalid, expectTold } from "./answers.ts";
import { named, plugIn } from "./authenticator.ts";
import { expect, test } from "./fixtures.ts";
import { fillSignIn } from "./forms.ts";
import { letProofAge } from "./session.ts";

const secret = "seven green bottles of ink";
const asked = (page: Page) => page.getByRole("dialog", { name: "Confirm that it is you" });

test("a dangerous act asks who is there: a wrong password is named and counted, the right one goes on with it", async ({
  as,
  owner,
}) => {
  const who = await person({ roles: ["user"] });
  const page = await as(owner);
  await page.goto(`/settings/users?reset=${who.id}`);
  await letProofAge(owner);
  await page.getByLabel("New password").fill(secret);
  await page.getByRole("button", { name: "Set password", exact: true }).click();
  const dialog = asked(page);
  const field = dialog.getByLabel("Password", { exact: true });
  await expect(field).toBeFocused();
  await field.fill("not this one");
  await page.keyboard.press("Enter");
  await expectInvalid(field, "wrong_password");
  await expect(field).toBeFocused();
  const refusal = { action: "confirm identity", outcome: "refused", reason: "wrong_password" };
  expect(await database().auditEvent.count({ where: { ...refusal, actorId: owner.id } })).toBe(1);
  await field.fill(password);
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expectDone(page, "reset password", who.username);
  await page.goto("/settings/users");
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
});

test("giving up changes nothing, and nothing that was typed is lost", async ({ as, owner }) => {
  const who = await person({ roles: ["user"] });
  const page = await as(owner);
  await page.goto(`/settings/users?reset=${who.id}`);
  await letProofAge(owner);
  await page.getByLabel("New password").fill(secret);
  await page.getByRole("button", { name: "Set password", exact: true }).click();
  await expect(asked(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(asked(page)).toHaveCount(0);
  await expect(page.getByLabel("New password")).toHaveValue(secret);
  await page.getByRole("button", { name: "Set password", exact: true }).click();
  await asked(page).getByLabel("Password", { exact: true }).fill(password);
  await asked(page).getByRole("button", { name: "Confirm" }).click();
  await expectDone(page, "reset password", who.username);
});

test("after five wrong ones the account has to wait, and is told how long", async ({ as }) => {
  const who = await person({ roles: [await customRole("watch", ["can_manage_settings"])] });
  const page = await as(who);
  await as(who);
  await page.goto("/account/sessions?end-others");
  await letProofAge(who);
  await page.getByRole("dialog").getByRole("button", { name: "End sessions" }).click();
  const field = asked(page).getByLabel("Password", { exact: true });
  for (let guess = 0; guess < 5; guess++) {
    await field.fill(`guess ${guess}`);
    await page.keyboard.press("Enter");
    await expectInvalid(field, "wrong_password");
  }
  await field.fill(password);
  await page.keyboard.press("Enter");
  await expectTold(asked(page), "too_many_attempts", /\d/);
  expect(await database().session.count({ where: { userId: who.id, endedAt: null } })).toBe(2);
});

test("without scripts a page of its own asks, and leads back", async ({ as }) => {
  const who = await person({ roles: ["user"] });
  await as(who);
  const page = await as(who, { javaScriptEnabled: false });
  await page.goto("/account/sessions?end-others");
  await letProofAge(who);
  await page.getByRole("button", { name: "End sessions" }).click();
  await page.getByRole("link", { name: /^Confirm/ }).click();
  await expect(page).toHaveURL(
    `/account/confirm?next=${encodeURIComponent("/account/sessions?end-others=")}`,
  );
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page).toHaveURL("/account/sessions?end-others=");
  await page.getByRole("button", { name: "End sessions" }).click();
  await expectDone(page, "end own other sessions", /\b1\b/);
});

test("a code of the authenticator app is as good as the password", async ({ as }) => {
  const who = await person({ roles: ["user"] });
  const { app } = await enrolTotp(who);
  await as(who);
  const page = await as(who);
  await page.goto("/account/sessions?end-others");
  await letProofAge(who);
  await page.getByRole("dialog").getByRole("button", { name: "End sessions" }).click();
  await asked(page).getByRole("button", { name: "Use the authenticator app" }).click();
  const field = asked(page).getByLabel("Code", { exact: true });
  await field.fill("000000");
  await page.keyboard.press("Enter");
  await expectInvalid(field, "wrong_code");
  await field.fill(authenticatorApp(app.secret).codeAt(new Date(Date.now() + 30_000)));
  await page.keyboard.press("Enter");
  await expectDone(page, "end own other sessions", /\b2\b/);
});

test("a passkey proves it as well, and is all that an account without a password needs", async ({
  as,
  installation,
}) => {
  const who = await person({ roles: ["host_manager"] });
  const page = await as(undefined, { baseURL: named(installation.address) });
  const authenticator = await plugIn(page);
  await page.goto("/sign-in?next=/account/second-factor");
  await fillSignIn(page, who.username, password);
  await page.getByRole("link", { name: "Add a passkey" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Work laptop");
  await page.getByRole("dialog").getByRole("button", { name: "Continue" }).click();
  await page.getByRole("dialog").getByRole("link", { name: "I have kept them" }).click();

  for (const passwordHash of [undefined, null]) {
    if (passwordHash === null)
      await database().user.update({ where: { id: who.id }, data: { passwordHash } });
    await as(who);
    await page.goto("/account/sessions?end-others");
    await letProofAge(who);
    await page.getByRole("dialog").getByRole("button", { name: "End sessions" }).click();
    await expect(asked(page).getByLabel("Password", { exact: true })).toHaveCount(
      passwordHash === null ? 0 : 1,
    );
    await authenticator.verify(false);
    await asked(page).getByRole("button", { name: "Use a passkey" }).click();
    await expectTold(asked(page), "passkey_not_given");
    await authenticator.verify(true);
    await asked(page).getByRole("button", { name: "Use a passkey" }).click();
    await expectDone(page, "end own other sessions", /\b1\b/);
    await expect(asked(page)).toHaveCount(0);
  }
});
