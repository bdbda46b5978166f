import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "@playwright/test";
import { projectFolder } from "#server/project-folder.ts";

/** Every server action of the build: its name in our code, and the name under which browsers call it. */
export async function serverActions(): Promise<Map<string, string>> {
  const path = join(projectFolder, ".next", "server", "server-reference-manifest.json");
  const { node } = JSON.parse(await readFile(path, "utf8")) as {
    node: Record<string, { exportedName: string }>;
  };
  return new Map(Object.entries(node).map(([id, { exportedName }]) => [exportedName, id]));
}

/** A form with its server action, as the page of somebody who may use it holds it. */
export interface CapturedForm {
  url: string;
  action: string;
  fields: [name: string, value: string][];
}

/** Reads the form that a button would send, with the name of its action and what is filled in now. */
export async function formOf(button: Locator): Promise<CapturedForm> {
  const fields = await button.evaluate((element) => {
    const { form } = element as HTMLButtonElement;
    return [...new FormData(form ?? undefined)].map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
  });
  const reference = fields.find(([name]) => /^\$ACTION_\d+:0$/.test(name))?.[1] ?? "{}";
  return { url: button.page().url(), action: JSON.parse(reference).id, fields };
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

export interface Forgery {
  /** As scripts call an action, or as the browser sends a form without scripts. */
  way?: "script" | "form";
  /** Whose session. */
  cookie?: string;
  /** The Origin header; our own unless told otherwise, null for none. */
  origin?: string | null;
  /** Fields to replace or to add; a list is sent once for each. */
  fields?: Record<string, string | string[]>;
  headers?: Record<string, string>;
}

/** Sends a form by hand. */
export async function sendForm(form: CapturedForm, forgery: Forgery = {}): Promise<Answer> {
  const { way = "script", cookie, origin = new URL(form.url).origin, fields = {}, headers } = forgery;
  const kept = form.fields.filter(([name]) => !(name in fields) && !name.startsWith("$ACTION"));
  const changed = Object.entries(fields).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
  const body = new FormData();
  for (const [name, value] of [...kept, ...changed])
    body.append(way === "script" ? `_1_${name}` : name, value);
  for (const [name, value] of Object.entries(way === "script" ? byScript : byForm(form.action)))
    body.append(name, value);
  const response = await fetch(form.url, {
    method: "POST",
    redirect: "manual",
    body,
    headers: {
      ...headers,
      ...(origin !== null && { origin }),
      ...(cookie && { cookie }),
      ...(way === "script" && { "next-action": form.action, accept: "text/x-component" }),
    },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const idle = '{"status":"idle"}';
/** How an action's arguments travel: the state before, and the form. */
const byScript = { "0": `[${idle},"$K1"]` };
const byForm = (action: string) => ({
  $ACTION_REF_1: "",
  "$ACTION_1:0": JSON.stringify({ id: action, bound: "$@1" }),
  "$ACTION_1:1": `[${idle}]`,
});
