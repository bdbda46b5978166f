import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";

/** What is counted of one page, command or press, by what is counted: `statements: 15`. */
export type Counts = Record<string, number>;
/** By the name of the page, command or press. */
export type Budget = Record<string, Counts>;

/** Bytes move a little with ids and dates, and React puts updates together as it finds time; statements are exact. */
const tolerances: Record<string, number> = { html: 0.01, js: 0.01, gzip: 0.01, renders: 0.02 };

const hint = "npm run counts -- --write";

/** What is wrong with what was counted: a line for each number that left its budget. */
export function breaches(budget: Budget, counted: Budget): string[] {
  const found: string[] = [];
  for (const [name, counts] of Object.entries(counted))
    for (const [what, is] of Object.entries(counts)) {
      const was = budget[name]?.[what];
      if (was === undefined) found.push(`${name}: ${is} ${what}, and no budget: write one with ${hint}`);
      else if (isAbout(what, was, is)) continue;
      else if (is > was)
        found.push(
          `${name}: ${what} rose from ${was} to ${is}: bring it down, or write the new budget with ${hint}`,
        );
      else found.push(`${name}: ${what} fell from ${was} to ${is}: lower the budget with ${hint}`);
    }
  for (const [name, counts] of Object.entries(budget))
    for (const what of Object.keys(counts))
      if (counted[name]?.[what] === undefined)
        found.push(`${name}: has a budget of ${what}, but nothing counts it: drop it with ${hint}`);
  return found;
}

/** What was counted, with the old number where the new one is about the same: a diff shows what changed, and no noise. */
export function renewed(budget: Budget, counted: Budget): Budget {
  const kept = (name: string, [what, is]: [string, number]): [string, number] => {
    const was = budget[name]?.[what];
    return [what, was !== undefined && isAbout(what, was, is) ? was : is];
  };
  const names = Object.keys(counted).sort();
  return Object.fromEntries(
    names.map((name) => {
      const counts = Object.entries(counted[name] ?? {});
      return [name, Object.fromEntries(counts.map((count) => kept(name, count)))];
    }),
  );
}

const isAbout = (what: string, was: number, is: number): boolean =>
  Math.abs(is - was) <= was * (tolerances[what] ?? 0);

/**
 * Holds what was counted against `<name>.yaml` beside this file. With COUNTS=write in the environment it writes the
 * file instead. Answers what is wrong: empty when nothing is.
 */
export async function holdAgainst(name: string, title: string, counted: Budget): Promise<string[]> {
  const path = join(import.meta.dirname, `${name}.yaml`);
  const budget: Budget = parse(await readFile(path, "utf8").catch(() => "{}")) ?? {};
  if (process.env.COUNTS !== "write") return breaches(budget, counted);
  await writeFile(path, `# ${title}\n# Written by \`${hint}\`.\n${stringify(renewed(budget, counted))}`);
  return [];
}
