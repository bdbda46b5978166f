import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "#server/project-folder.ts";
import { pageFiles } from "#test/counts/visits.ts";
import { entryPoints } from "./entry-points.ts";
import { expect, test } from "./fixtures.ts";
import { serverActions } from "./forge.ts";
import { cookieOf } from "./session.ts";

// The fixtures add to every test here: the console logged no bug.

/** Values that no page of ours leads to, as they stand in an address. */
const hostile = ["x", "%00", "a".repeat(300), "%F0%9F%98%80'--", "%ED%A0%80", "WyJcdTAwMDAiLCJ4Il0"];
const names =
  "add after at before claim connected code delete edit error expression factors for from link member members next permission preset problem provider q reset role roles size sort state status team token user value".split(
    " ",
  );

/** A page's address with each parameter that its files name, and each of the hostile values. */
function addresses(folders: string[], organization: string): string[] {
  const folder = join(projectFolder, "app", ...folders);
  const files = readdirSync(folder).filter((file) => /\.tsx?$/.test(file));
  const source = files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
  const known = names.filter((name) => new RegExp(`\\b${name}\\b`).test(source));
  const parts = folders.filter((part) => !part.startsWith("("));
  const path = (value: string) => `/${parts.map((part) => (part.startsWith("[") ? value : part)).join("/")}`;
  const real = path(
    parts.includes("organizations") ? organization : parts.includes("attributes") ? "team" : "user",
  );
  return hostile.flatMap((value) => [
    ...(path(value) === real
      ? []
      : [path(encodeURI(decodeURIComponent(value.replace("%ED%A0%80", "x"))).replace("%00", ""))]),
    ...known.map((name) => `${real}?${name}=${value}`),
    `${real}?${known.map((name) => `${name}=${value}&${name}=2`).join("&")}`,
  ]);
}

/** Sends one after the other, eight at a time, and answers what was no 2xx to 4xx. */
async function failing<T>(all: readonly T[], send: (one: T) => Promise<Response>): Promise<string[]> {
  const failed: string[] = [];
  const waiting = [...all];
  const work = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const response = await send(one);
      await response.arrayBuffer();
      if (response.status >= 500) failed.push(`${response.status} ${JSON.stringify(one).slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return failed;
}

for (const who of ["the owner", "nobody"])
  test(`no address makes a page fail: ${who}`, async ({ installation, owner }) => {
    test.setTimeout(300_000);
    const cookie = who === "nobody" ? "" : await cookieOf(owner);
    const paths = pageFiles().flatMap((folders) => addresses(folders, crypto.randomUUID()));
    expect(paths.length).toBeGreaterThan(500);
    const wrong = await failing(paths, (path) =>
      fetch(`${installation.address}${path}`, { redirect: "manual", headers: { cookie } }),
    );
    expect(wrong).toEqual([]);
  });

interface Sent {
  path: string;
  body: string | FormData;
  headers?: Record<string, string>;
  status: number;
}

const formOf = (...fields: [string, string][]): FormData => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
};

test("what cannot be read is a 400", async ({ installation, owner }) => {
  const { address } = installation;
  const action = (await serverActions()).get("saveSecurityForm") ?? "";
  const json = { "content-type": "application/json" };
  const parts = { "content-type": "multipart/form-data; boundary=x" };
  const named = { "next-action": action };
  const routes = [
    "callback/credentials",
    "callback/second-factor",
    "callback/passkey",
    "signin/credentials",
    "signin",
  ];
  const wrong: Sent[] = [
    ...routes.flatMap((route) =>
      ["{", "[]", "null", '{"identifier":{}}'].map((body) => ({
        path: `/api/auth/${route}`,
        body,
        headers: json,
        status: 400,
      })),
    ),
    ...["[]", "[null]", '[{"status":"idle"},{}]', "[", ""].flatMap((body): Sent[] => [
      {
        path: "/sign-in",
        body,
        headers: { ...named, "content-type": "text/plain;charset=UTF-8" },
        status: 400,
      },
      { path: "/sign-in", body: formOf(["0", body]), headers: named, status: 400 },
    ]),
    ...["", "--x", "--x\r\n\r\n", "--x--"].map((body) => ({
      path: "/",
      body,
      headers: { ...named, ...parts },
      status: 400,
    })),
    { path: "/sign-in", body: formOf(["$ACTION_ID_", ""]), status: 400 },
    { path: "/sign-in", body: formOf(["$ACTION_REF_1", ""]), status: 400 },
    { path: "/sign-in", body: formOf(["$ACTION_REF_1", ""], ["$ACTION_1:0", "{"]), status: 400 },
    { path: "/sign-in", body: formOf(["name", "Jane"]), status: 400 },
    {
      path: "/sign-in",
      body: formOf(["0", '["$K1"]']),
      headers: { "next-action": "0".repeat(42) },
      status: 409,
    },
    { path: "/sign-in", body: formOf([`$ACTION_ID_${"0".repeat(42)}`, ""]), status: 409 },
  ];
  for (const cookie of ["", await cookieOf(owner)])
    for (const { path, body, headers = {}, status } of wrong) {
      const response = await fetch(`${address}${path}`, {
        method: "POST",
        body,
        headers: { origin: address, cookie, ...headers },
        redirect: "manual",
      });
      expect(response.status, `${path} ${body} ${JSON.stringify(headers)}`).toBe(status);
    }
  for (const tree of ["x", "%", "[]", "%5B%5D", "[".repeat(9_000), '["",{"children":7}]'])
    for (const cookie of ["", await cookieOf(owner)]) {
      const headers = { cookie, rsc: "1", "next-router-state-tree": tree };
      const response = await fetch(`${address}/settings/users`, { headers, redirect: "manual" });
      expect(response.status, tree).toBe(400);
    }
  const got = await Promise.all(
    routes.map((route) => fetch(`${address}/api/auth/${route}`, { redirect: "manual" })),
  );
  for (const { status } of got) expect(status).toBeLessThan(500);
});

/** Those that the listener knows, and one that it does not. */
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"];
type Flooding = Omit<Sent, "status"> & { method: string };

test("the worst that a stranger may send to any entry point leaves health answering", async ({
  installation,
  owner,
}) => {
  expect(owner.id, "without an account everything leads to the set-up page").toBeTruthy();
  test.setTimeout(300_000);
  const { address } = installation;
  const actions = [...(await serverActions()).values()];
  const rows = Array.from({ length: 62 }, (_, row): [string, string] => [
    `_1_${["assignments", "rules"][row % 2]}.${row}.${"r".repeat(300)}`,
    "x".repeat(100),
  ]);
  const worst = formOf(...rows, ["0", `[{"status":"idle"${`,"a":"${"$Q1".repeat(20)}"`}},"$K1"]`]);
  const small = formOf(["0", '[{"status":"idle"},"$K1"]']);
  const text = "x".repeat(32_000);
  const paths = await entryPoints();
  expect(paths.length).toBeGreaterThan(50);
  const toPath = (path: string, body: FormData): Pick<Sent, "body" | "headers"> => {
    if (path.startsWith("/scim/")) return { body: body === worst ? `{"a":"${text}"}` : "{}" };
    if (!path.startsWith("/api/")) return { body };
    const form = body === worst ? `SAMLResponse=${text}` : "SAMLResponse=x";
    return { body: form, headers: { "content-type": "application/x-www-form-urlencoded" } };
  };
  const flood = (body: FormData): Flooding[] => [
    ...actions.map((id) => ({ path: "/sign-in", method: "POST", body, headers: { "next-action": id } })),
    ...methods.flatMap((method) => paths.map((path) => ({ path, method, ...toPath(path, body) }))),
  ];
  const during = async (body: FormData) => {
    const waits: number[] = [];
    let over = false;
    const health = async () => {
      while (!over) {
        const from = performance.now();
        const { status } = await fetch(`${address}/api/health`);
        expect(status).toBe(200);
        waits.push(performance.now() - from);
      }
    };
    const asked = health();
    const wrong = await failing(flood(body), ({ path, method, body: sent, headers }) =>
      fetch(`${address}${path}`, {
        method,
        ...(method !== "GET" && method !== "HEAD" && { body: sent }),
        redirect: "manual",
        headers: { origin: address, ...headers },
      }),
    );
    over = true;
    await asked;
    expect(wrong).toEqual([]);
    waits.sort((one, other) => one - other);
    return {
      answered: waits.length,
      p95: waits[Math.floor(waits.length * 0.95)] ?? Number.POSITIVE_INFINITY,
    };
  };
  await during(small);
  const control = await during(small);
  const flooded = await during(worst);
  expect(flooded.answered).toBeGreaterThan(20);
  expect(flooded.p95).toBeLessThan(Math.max(control.p95, 20) * 5);

  const many = Array.from({ length: 8_000 }, (_, row): [string, string] => [`_1_assignments.${row}.r`, ""]);
  const body = formOf(...many, ["0", '[{"status":"idle"},"$K1"]']);
  const headers = { origin: address, "next-action": (await serverActions()).get("editUserRolesForm") ?? "" };
  const refused = await fetch(`${address}/sign-in`, { method: "POST", body, headers }).then(
    ({ status }) => status,
    // Cut off in the middle of sending.
    () => 413,
  );
  expect(refused).toBe(413);
});
