import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import type { Engine } from "./law.ts";
import type { laws } from "./laws.ts";

/** One deliberate mistake: in this file, this text becomes that, which breaks this law (agreement unless it says otherwise). */
export type Mutant = readonly [
  title: string,
  file: string,
  text: string,
  wrong: string,
  law?: keyof typeof laws,
];

export const mutants: readonly Mutant[] = [
  ["an end still counts", "activity.ts", "at >= end", "at > end"],
  ["a start does not count yet", "activity.ts", "at < start", "at <= start"],
  [
    "times that cannot be reckoned are passed over",
    "activity.ts",
    '? "active" : "invalid"',
    '? "active" : "active"',
  ],
  ["a night belongs to the day on which it ends", "windows.ts", "weekday(day - 1)", "weekday(day)"],
  [
    "a window shuts a minute late",
    "windows.ts",
    "minute >= from && minute < to",
    "minute >= from && minute <= to",
  ],
  ["equal times mean never", "windows.ts", "if (from === to) return today", "if (from === to) return false"],
  ["a day has one offset", "local-time.ts", "offset === atMidnight(clock, day + 1)", "true"],
  ["implied permissions are left out", "close-role.ts", "...(implied.get(grant.bit) ?? [])", ""],
  [
    "implications go one step only",
    "implications.ts",
    "for (const next of found)",
    "for (const next of first.slice(0, 0))",
  ],
  [
    "inheritance goes one step only",
    "close-role.ts",
    "for (const base of from.bases)",
    "if (from === role) for (const base of from.bases)",
  ],
  [
    "windows of base roles are passed over",
    "close-role.ts",
    "from !== role && from.window !== undefined",
    "false",
  ],
  ["closed base roles are entered", "check.ts", 'windowState(base.window, at) !== "open"', "false"],
  ["blocking is forgotten", "blocked.ts", "if (role.blocks) return true", ""],
  [
    "a doubtful block lets pass",
    "blocked.ts",
    'state !== "active" && state !== "invalid"',
    'state !== "active"',
  ],
  ["exceptions are forgotten", "compile.ts", "if (!excepted.has(key))", ""],
  ["a superuser's stored grants count", "compile.ts", "role.superuser ? [] : role.grants", "role.grants"],
  ["a failed condition is passed over", "limits.ts", 'if (one === "fail") return "fail"', ""],
  ["assigned things are not personal", "limits.ts", "|| resource.assignees?.includes(subject.id)", ""],
  ["the assignment's organization is passed over", "limits.ts", "(only == null || only === id)", "true"],
  [
    "the residual filter forgets that organization",
    "limits.ts",
    "if (only == null) return own",
    "return own",
  ],
  ["the future is recent", "compile-limits.ts", "instant <= at && ", ""],
  [
    "a lower bound is an upper one",
    "compile-limits.ts",
    "placeOf(attribute, value) >= bound",
    "placeOf(attribute, value) <= bound",
  ],
  [
    "the narrower limit absorbs the wider",
    "residual.ts",
    "covers(wide, limit, vocabulary)",
    "covers(limit, wide, vocabulary)",
  ],
  ["groups are not only of managed values", "compile-limits.ts", '?.kind !== "managed"', '?.kind === "text"'],
  ["the last group of a name counts", "compile.ts", "if (!ofAttribute.has(key))", ""],
  [
    "a group is its first member",
    "compile-limits.ts",
    "known?.get(key) ?? []",
    "known?.get(key)?.slice(0, 1) ?? []",
  ],
  [
    "the residual filter names all groups' members",
    "residual.ts",
    "members ? { ...source, members }",
    "members ? { ...source, members: [] }",
  ],
  [
    "a group covers any list",
    "covers.ts",
    "isSubset(narrow.values, presentMembers(wide))",
    "true",
    "coverage",
  ],
  [
    "a list covers any list",
    "covers.ts",
    'narrow.test === "in" && isSubset(narrow.values, wide.values)',
    "true",
    "coverage",
  ],
  [
    "the shorter time covers the longer",
    "covers.ts",
    "narrow.value <= wide.value",
    "narrow.value >= wide.value",
    "coverage",
  ],
  ["the higher bound covers the lower", "covers.ts", "inner >= outer", "inner <= outer", "coverage"],
  [
    "one condition of several is enough to cover",
    "covers.ts",
    "wide.where.every((outer)",
    "wide.where.some((outer)",
    "coverage",
  ],
  ["a scope covers any other", "covers.ts", "wide.scope !== narrow.scope", "false", "coverage"],
  [
    "what ends may be given for ever",
    "shares.ts",
    "(narrow.end !== undefined && narrow.end <= wide.end)",
    "true",
    "escalation",
  ],
  [
    "what has hours may be given without",
    "shares.ts",
    "narrow.windows.some((inner) => windowCovers(outer, inner))",
    "true",
    "escalation",
  ],
  [
    "hours are compared by their days",
    "window-covers.ts",
    "[wide.from, wide.to, narrow.from, narrow.to].map(minutesOf)",
    "[wide, narrow].map(() => 720)",
    "hours",
  ],
  [
    "another's organizations are one's own",
    "covers.ts",
    "return narrow.every((id) => wide?.includes(id));",
    "return true;",
    "escalation",
  ],
  [
    "a hold narrowed to one team is given to all",
    "residual.ts",
    "return only == null ? limit : { ...limit, ids: [only] };",
    "return limit;",
    "escalation",
  ],
  [
    "what a blocked giver had may be given",
    "beyond.ts",
    "|| isBlocked(policy, subject, at)",
    "",
    "escalation",
  ],
  [
    "what a role gives through hours of base roles is passed over",
    "compiled.ts",
    "for (const base of part.gated) parts.add(base);",
    "void part;",
    "escalation",
  ],
  [
    "what has not begun counts as there",
    "shares.ts",
    "wide.start <= Math.max(at, narrow.start ?? at)",
    "true",
    "idleness",
  ],
  ["two that are alike are both redundant", "redundant.ts", "kept.delete(one);\n    if", "if", "idleness"],
  [
    "a limit that fails for the subject stands for another",
    "redundant.ts",
    '!== "fail"',
    '!== "open"',
    "idleness",
  ],
  [
    "the rank of a redundant assignment is forgotten",
    "redundant.ts",
    "one.role.rank > 0",
    "false",
    "idleness",
  ],
  [
    "the API access of a redundant assignment is forgotten",
    "redundant.ts",
    "for (const call of callsOf(one.role))",
    "for (const call of [])",
    "idleness",
  ],
  [
    "a blocking assignment is redundant",
    "redundant.ts",
    "some((part) => part.blocks)",
    "some(() => false)",
    "idleness",
  ],
  [
    "whoever is limited can in full",
    "who-can.ts",
    'if (effect === "allow")',
    'if (effect !== "deny")',
    "everybody",
  ],
  ["a rank outlives its assignment", "ranks.ts", '&& activity(assignment, role.window, at) === "active"', ""],
  ["endpoints are lost", "api-access.ts", "reach.endpoints.add(endpoint)", ""],
];

const folder = join(import.meta.dirname, "..");
const entry = [
  "api-access",
  "beyond",
  "check",
  "compile",
  "covers",
  "decide",
  "effective",
  "ranks",
  "window-covers",
];

/** The engine with that mistake in it, bundled in memory. */
export async function engineWith([title, file, text, wrong]: Mutant): Promise<Engine> {
  const sound = readFileSync(join(folder, file), "utf8");
  if (sound.split(text).length !== 2) throw new Error(`"${title}" no longer finds its place in ${file}`);
  const { outputFiles } = await build({
    stdin: { contents: entry.map((name) => `export * from "./${name}.ts";`).join("\n"), resolveDir: folder },
    bundle: true,
    write: false,
    format: "esm",
    plugins: [
      {
        name: "mutant",
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path }) =>
            basename(path) === file ? { contents: sound.replace(text, wrong), loader: "ts" } : undefined,
          );
        },
      },
    ],
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  return import(/* @vite-ignore */ `data:text/javascript;base64,${code}`);
}
