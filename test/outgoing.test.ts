import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectFolder } from "#server/project-folder.ts";

/** Modules that can open a connection, with what the product may take of each besides types. */
const harmless: Record<string, string[]> = {
  http: ["createServer", "IncomingMessage", "STATUS_CODES"],
  https: ["createServer"],
  http2: [],
  net: ["createServer", "isIP", "isIPv4", "isIPv6", "Server"],
  tls: [],
  dgram: [],
  dns: [],
  "dns/promises": [],
  undici: [],
};

/** Who may open one, and what for. */
const openers: Record<string, string[]> = {
  // The one agent: it checks every address that it connects to.
  "lib/outgoing/limited-fetch.ts": ["undici fetch"],
  "lib/outgoing/outgoing-agent.ts": ["dns lookup", "undici Agent", "undici buildConnector"],
  // A request to cancel goes to the database that the connection is to.
  "lib/kernel/server-answers.ts": ["net connect"],
  // The mail server is the operator's own setting, and no one else can change it.
  "lib/mail/send-mail.ts": ["nodemailer createTransport"],
};

const sources = globSync(["{lib,app,server,components}/**/*.{ts,tsx}", "instrumentation.ts"], {
  cwd: projectFolder,
}).filter((path) => !/\.test\.tsx?$/.test(path));

/** What a file imports to run, as `module name`; a default or a whole module has the name *. */
function importsOf(source: string): string[] {
  const statements = [
    ...source.matchAll(/^(?:import|export)\s+(?!type\b)([^;]*?)\s*from\s*"([^"]+)"/gms),
    ...[...source.matchAll(/(?:import|require)\(\s*"([^"]+)"\s*\)/g)].map(([all, from]) => [all, "*", from]),
  ];
  return statements.flatMap(([, names = "", from = ""]) => {
    const listed = /\{([^}]*)\}/s.exec(names)?.[1];
    const outside = names.replace(/\{[^}]*\}/s, "").replace(/[,\s]/g, "");
    const single = (listed ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "" && !name.startsWith("type "))
      .map((name) => name.split(/\s+as\s+/)[0] ?? "");
    const module = from.replace(/^node:/, "");
    return [...single, ...(outside === "" ? [] : ["*"])].map((name) => `${module} ${name}`);
  });
}

const opening = (source: string) =>
  importsOf(source).filter((one) => {
    const [module = "", name = ""] = one.split(" ");
    if (module === "nodemailer") return true;
    return module in harmless && !harmless[module]?.includes(name);
  });

test("nothing but the agent of lib/outgoing, and mail, opens a connection to anywhere", () => {
  expect(sources.length).toBeGreaterThan(500);
  const found = sources.flatMap((path) => {
    const all = opening(readFileSync(join(projectFolder, path), "utf8")).sort();
    return all.length === 0 ? [] : [[path, all] as const];
  });
  expect(Object.fromEntries(found)).toEqual(openers);
});

test.each([
  ['import { request } from "node:http";', ["http request"]],
  ['import { createServer, get as ask } from "https";', ["https get"]],
  ['import http from "node:http";', ["http *"]],
  ['import * as net from "node:net";', ["net *"]],
  ['import net, { isIP } from "node:net";', ["net *"]],
  ['export { connect } from "node:tls";', ["tls connect"]],
  ['const { request } = await import("node:http2");', ["http2 *"]],
  ['import {\n  type Agent,\n  fetch,\n} from "undici";', ["undici fetch"]],
  ['import type { RequestOptions } from "node:http";\nimport { isIP } from "node:net";', []],
])("%j is seen for what it is", (source, expected) => {
  expect(opening(source)).toEqual(expected);
});

test("every request that a protocol library makes goes through the agent", () => {
  const asking = sources.flatMap((path) => {
    const source = readFileSync(join(projectFolder, path), "utf8");
    const calls = [
      ...source.matchAll(/\b(\w+Request|createRemoteJWKSet|validateApplicationLevelSignature)\(/g),
    ];
    return calls.map(([, name = ""]) => name).some((name) => fromLibrary(source, name)) ? [path] : [];
  });
  // Each of them passes on what requestOptions made, or limitedFetch itself.
  for (const path of asking)
    expect(readFileSync(join(projectFolder, path), "utf8")).toMatch(/requestOptions|limitedFetch/);
  expect(asking.length).toBeGreaterThan(3);
});

const fromLibrary = (source: string, name: string) =>
  importsOf(source).some((one) => one === `oauth4webapi ${name}` || one === `jose ${name}`);
