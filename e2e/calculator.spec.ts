import { holdAs, join, organizationWithTeam } from "#test/assignments.ts";
import { customRole, person } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import type { Installation } from "./installation.ts";
import { matrixOf } from "./matrix-page.ts";

test.use({ catalogue: "utmstack" });

const calculator = "/settings/roles/tools";
const hours = { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00", timeZone: "UTC" };

/** A team with a viewer, an analyst who also holds a role that adds nothing, and a night auditor. */
const people = (installation: Installation) =>
  installation.once("people", async () => {
    const blue = await organizationWithTeam("Blue");
    const vera = await person({
      roles: ["VIEWER"],
      username: "vera",
      givenName: "Vera",
      familyName: "Viewer",
    });
    const ana = await person({
      roles: ["SECURITY_ANALYST", "VIEWER"],
      username: "ana",
      givenName: "Ana",
      familyName: "Analyst",
    });
    const hugo = await person({
      roles: ["AUDITOR"],
      username: "hugo",
      givenName: "Hugo",
      familyName: "Hours",
    });
    const gone = await person({ roles: ["AUDITOR"], username: "gone", active: false });
    for (const who of [vera, ana]) await join(who, blue);
    await holdAs(hugo, "AUDITOR", { window: hours });
    return { vera, ana, hugo, gone, blue };
  });

test("somebody is found by name with the keyboard alone, and every permission says why (T16)", async ({
  as,
  owner,
  installation,
}) => {
  await people(installation);
  const page = await as(owner);
  await page.goto("/settings/roles");
  await page.getByRole("link", { name: "Calculator" }).press("Enter");
  const box = page.getByRole("combobox", { name: "User" });
  await expect(page.locator('[data-empty="nothing-yet"]')).toBeVisible();
  await box.focus();
  await page.keyboard.type("an");
  await expect(page.getByRole("option", { name: /Ana Analyst/ })).toBeVisible();
  await page.keyboard.type("a an");
  const found = page.getByRole("listbox", { name: "People" });
  await expect(found.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Subject" })).toContainText("Ana Analyst");
  await expect(box).toHaveValue("Ana Analyst");
  const subject = page.getByRole("region", { name: "Subject" });
  // T17: what adds nothing is named beside what makes it so.
  await expectTold(subject, "redundant", "Security Analyst");
  await expect(subject.getByText(/^Full\b/)).toBeVisible();

  const row = page.getByRole("listitem").filter({ hasText: /^Modify Data/ });
  await expect(row).toContainText("Limited");
  await expect(row).toContainText("(Blue)");
  await row.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(row.locator('[data-step="assignment"]')).toContainText("Security Analyst");
  await expect(row.locator('[data-step="grant"]')).toContainText(/Security Analyst.*Modify Data/);

  await page.getByLabel("Show").selectOption("Held only");
  await expect(page.getByText("Manage Users")).toHaveCount(1); // in the list of permissions to ask about
  await page.getByLabel("Search permissions").fill("report");
  await expect(page.getByText("Generate Reports", { exact: true }).last()).toBeVisible();
  await expect(page.locator("summary").filter({ hasText: "View Events" })).toHaveCount(0);
  await expect(page).toHaveURL(/show=held/);
});

test("one permission, one resource: a denial names the limit and the part of it that failed (T16)", async ({
  as,
  owner,
  installation,
}) => {
  const { vera, blue } = await people(installation);
  const page = await as(owner);
  const failed = (part: string) => page.locator(`[data-failed="${part}"]`);
  await page.goto(`${calculator}?for=user&user=${vera.id}`);
  await page.getByLabel("Permission", { exact: true }).selectOption("View Events");
  await expect(page.getByRole("heading", { name: "Limited: View Events" })).toBeVisible();
  await page.locator("summary", { hasText: "About one resource" }).click();
  await page.getByLabel("Team").selectOption({ value: blue.team });
  await expect(page.getByRole("heading", { name: "Denied: View Events" })).toBeVisible();
  await expect(failed("severity")).toContainText("Severity");
  await page.getByLabel("Severity").selectOption("critical");
  await expect(failed("severity")).toContainText(/: Severity .*critical/);
  await page.getByLabel("Severity").selectOption("low");
  await page.getByLabel("Time").fill("2026-03-09T12:00");
  await page.getByLabel("At", { exact: true }).fill("2026-03-10T12:00");
  await page.getByRole("button", { name: "Calculate" }).click();
  await expect(page.getByRole("heading", { name: "Allowed: View Events" })).toBeVisible();
  await expectTold(page, "other_instant");
  const url = page.url();
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Denied: View Events" })).toBeVisible();
  await page.goto(url);
  await expect(page.getByLabel("Severity")).toHaveValue("low");
  await expect(page.getByRole("heading", { name: "Allowed: View Events" })).toBeVisible();
});

test("outside the hours the next opening is named; inside them it is allowed (T16)", async ({
  as,
  owner,
  installation,
}) => {
  const { hugo } = await people(installation);
  const page = await as(owner, { timezoneId: "Europe/Berlin" });
  const ask = (at: string) =>
    page.goto(`${calculator}?for=user&user=${hugo.id}&permission=view_audit_logs&at=${at}&zone=UTC`);
  await ask("2026-03-14T12:00");
  await expect(page.getByRole("heading", { name: "Denied: View Audit Logs" })).toBeVisible();
  await expectTold(page, "closed", "Mon, 16 Mar 2026, 09:00 CET");
  await ask("2026-03-16T08:00");
  await expect(page.getByRole("heading", { name: "Allowed: View Audit Logs" })).toBeVisible();
});

test("a press on a cell of the matrix leads on to the calculator; roles are asked about together", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/roles");
  await matrixOf(page).cell("View Events", "Viewer").click();
  await page.getByRole("link", { name: "Open in the calculator" }).click();
  await expect(page).toHaveURL(/for=roles&role=VIEWER&permission=view_events/);
  await expect(page.getByRole("heading", { name: "Limited: View Events" })).toBeVisible();
  await page.getByLabel("Another role").selectOption("Auditor");
  await expect(page.getByRole("heading", { name: "Allowed: View Events" })).toBeVisible();
  await expect(page.getByText(/Viewer and Auditor.*View Events/)).toBeVisible();
  await page.getByRole("link", { name: "Without Auditor" }).click();
  await expect(page.getByRole("heading", { name: "Limited: View Events" })).toBeVisible();
});

test("who can: everybody with the way that gives it, deactivated people left out", async ({
  as,
  owner,
  installation,
}) => {
  const { hugo } = await people(installation);
  const page = await as(owner);
  await page.goto(`${calculator}?for=who`);
  await page.getByLabel("Permission", { exact: true }).selectOption("View Audit Logs");
  const list = page.getByRole("list", { name: "Who can: View Audit Logs" });
  await expect(list).toContainText("Olivia Owens");
  await expectTold(page, "inactive", /\b1\b/);
  await page.getByLabel("At", { exact: true }).fill("2026-03-16T12:00");
  await page.getByRole("button", { name: "Calculate" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await expect(list.getByRole("listitem").filter({ hasText: "Hugo Hours" })).toContainText("Auditor");
  await list.getByRole("link", { name: "Hugo Hours" }).click();
  await expect(page).toHaveURL(new RegExp(`user=${hugo.id}`));
  await expect(page.getByRole("heading", { name: "Allowed: View Audit Logs" })).toBeVisible();
});

test("somebody's effective permissions are a link away from their roles, and in Ctrl-K", async ({
  as,
  owner,
  installation,
}) => {
  const { vera } = await people(installation);
  const page = await as(owner);
  await page.goto(`/settings/users?edit=${vera.id}`);
  await page.getByRole("dialog").getByRole("link", { name: "Effective permissions" }).click();
  await expect(page.getByRole("region", { name: "Subject" })).toContainText("Vera Viewer");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("calc");
  await expect(page.getByRole("option", { name: /Permission calculator/ })).toBeVisible();
});

test("without scripts a person is found, chosen and asked about", async ({ as, owner, installation }) => {
  await people(installation);
  const page = await as(owner, { javaScriptEnabled: false });
  await page.goto(calculator);
  await page.getByRole("combobox", { name: "User" }).fill("vera");
  await page.getByRole("button", { name: "Calculate" }).click();
  await page.getByRole("link", { name: "Vera Viewer (vera)" }).click();
  await page.getByLabel("Permission", { exact: true }).selectOption("Manage Users");
  await page.getByRole("button", { name: "Calculate" }).click();
  await expect(page.getByRole("heading", { name: "Denied: Manage Users" })).toBeVisible();
  await page.getByLabel("At", { exact: true }).fill("2026-03-10T12:00");
  await page.getByRole("button", { name: "Calculate" }).click();
  await expect(page.getByText(/At Tue, 10 Mar 2026, 12:00 UTC/)).toBeVisible();
});

test("whoever may not look at people asks about roles only, and hears why", async ({
  as,
  owner,
  installation,
}) => {
  const { vera } = await people(installation);
  await as(owner);
  const page = await as(await person({ roles: [await customRole("roles_only", ["manage_roles"])] }));
  await page.goto(`${calculator}?for=user&user=${vera.id}`);
  await expect(page.locator('[data-empty="nothing-yet"]')).toBeVisible();
  await expect(page.getByText("Vera Viewer")).toHaveCount(0);
  const shut = page.getByRole("link", { name: "A user" });
  await expect(shut).toBeDisabled();
  await shut.focus();
  await expect(page.getByRole("tooltip")).toContainText(/\S/);
});

test("what is forged in the address is harmless", async ({ as, owner, installation }) => {
  const { vera } = await people(installation);
  const page = await as(owner);
  const nobody = "00000000-0000-7000-8000-000000000000";
  await page.goto(`${calculator}?for=user&user=${nobody}`);
  await expect(page.locator('[data-empty="no-match"]')).toBeVisible();
  await page.goto(
    `${calculator}?for=user&user=x&role=nothing&permission=${"p".repeat(300)}&attr.__proto__=1&attr.toString=2&at[]=1&size=9`,
  );
  await expect(page.locator('[data-empty="nothing-yet"]')).toBeVisible();
  await page.goto(`${calculator}?for=user&user=${vera.id}&at=yesterday`);
  await expect(page.getByLabel("At", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await page.goto(`${calculator}?for=roles&role=VIEWER&role=nothing_such&permission=no_such_permission`);
  await expectTold(page, "role_not_found", "nothing_such");
  await expectTold(page, "unknown_permission");
});

for (const [state, queryOf] of Object.entries({
  "nothing asked": () => "",
  "a user's permissions": ({ ana }) => `for=user&user=${ana.id}`,
  "a denial about a resource": ({ vera, blue }) =>
    `for=user&user=${vera.id}&permission=view_events&team=${blue.team}&attr.severity=critical`,
  "a denial by the clock": ({ hugo }) =>
    `for=user&user=${hugo.id}&permission=view_audit_logs&at=2026-03-14T12:00&zone=UTC`,
  "a set of roles": () => "for=roles&role=VIEWER&role=AUDITOR",
  "who can": () => "for=who&permission=view_events",
} satisfies Record<string, (made: Awaited<ReturnType<typeof people>>) => string>))
  test(`axe finds nothing: ${state}`, async ({ as, owner, installation }) => {
    const page = await as(owner);
    await page.goto(`${calculator}?${queryOf(await people(installation))}`);
    await expectAccessible(page);
  });
