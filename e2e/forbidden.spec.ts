import { person } from "#test/people.ts";
import { expect, test } from "./fixtures.ts";
import { cookieOf } from "./session.ts";

const forbidden = { name: "Forbidden", level: 1 } as const;
const refused = /status of 403/;

test("without the permission to view users, Settings > Users is a Forbidden page (P53)", async ({
  as,
  owner,
  problems,
}) => {
  problems.expect(refused);
  const page = await as(await person({ roles: ["user"], username: "plain" }));
  await page.goto("/settings/users");
  await expect(page.getByRole("heading", forbidden)).toBeVisible();
  await expect(page.locator('[data-empty="not-allowed"]')).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
  await expect(page.getByText(owner.email)).toHaveCount(0);
  await page.getByRole("link", { name: "See your access" }).click();
  await expect(page.getByRole("heading", { name: "Your access" })).toBeVisible();
});

test("no response of Settings > Users holds any data for them, whatever way it is asked for (P53)", async ({
  owner,
  installation,
}) => {
  const hidden = await person({ roles: ["user"], username: "hidden-treasure" });
  const cookie = await cookieOf(await person({ roles: ["user"], username: "curious" }));
  const secrets = [owner.email, owner.username, hidden.username, "host_manager", "Registration"];
  const rsc = { rsc: "1" };
  const tries: { path: string; headers?: Record<string, string> }[] = [
    { path: "/settings/users" },
    { path: `/settings/users?edit=${hidden.id}` },
    { path: "/settings/users?add" },
    { path: "/settings/users", headers: rsc },
    { path: `/settings/users?edit=${hidden.id}&_rsc=abcde`, headers: rsc },
    { path: "/settings/users", headers: { ...rsc, "next-router-prefetch": "1" } },
    { path: "/settings/users", headers: { ...rsc, "next-router-segment-prefetch": "/_tree" } },
    { path: "/settings/users.rsc" },
    { path: "/settings/roles" },
    { path: "/settings/roles", headers: rsc },
  ];
  for (const { path, headers } of tries) {
    const response = await fetch(installation.address + path, { headers: { cookie, ...headers } });
    const text = await response.text();
    const told = secrets.filter((secret) => text.includes(secret));
    expect(told, `${path} ${JSON.stringify(headers)}`).toEqual([]);
    if (!headers && !path.endsWith(".rsc")) expect(response.status, path).toBe(403);
  }
});

test("the navigation shows only what its reader may open", async ({ as, owner }) => {
  const links = async (who: Parameters<typeof as>[0]) => {
    const page = await as(who);
    await page.goto("/account");
    return page.getByRole("navigation", { name: "Console" }).getByRole("link").allTextContents();
  };
  expect(await links(owner)).toEqual([
    "Users",
    "Roles",
    "Access Requests",
    "Organizations",
    "Security",
    "Single sign-on",
    "Active Sessions",
    "Your access",
  ]);
  const reader = await person({ roles: ["readonly"], username: "reader" });
  expect(await links(reader)).toEqual(["Your access"]);
});

test("Settings > Roles needs can_manage_settings (P10)", async ({ as, problems }) => {
  problems.expect(refused);
  const page = await as(await person({ roles: ["host_manager"], username: "harry" }));
  await page.goto("/settings/roles");
  await expect(page.getByRole("heading", forbidden)).toBeVisible();
  await expect(page.getByRole("grid")).toHaveCount(0);
  const admin = await as(await person({ roles: ["admin"], username: "adam" }));
  await admin.goto("/settings/roles");
  await expect(admin.getByRole("grid", { name: "Permissions by role" })).toBeVisible();
});

test("an address that leads nowhere says so, signed in or not", async ({ as, owner, problems }) => {
  problems.expect(/status of 404/);
  for (const who of [owner, undefined]) {
    const page = await as(who);
    await page.goto("/settings/nothing");
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  }
});

test("without a session every page leads to sign-in, and comes back after it", async ({ as, owner }) => {
  expect(owner.username).toBe("olivia");
  const page = await as(undefined);
  for (const path of ["/settings/users?sort=email", "/settings/roles?edit=readonly", "/account"]) {
    await page.goto(path);
    await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(path)}`);
  }
});
