import type { Catalogue } from "./catalogue.ts";
import type { CatalogueProblem, Report } from "./check-catalogue.ts";

function repeated(
  values: readonly string[],
  path: (index: number) => CatalogueProblem["path"],
  report: Report,
): void {
  const seen = new Set<string>();
  values.forEach((value, index) => {
    if (seen.has(value)) report(path(index), `"${value}" is here twice; expected each once`);
    seen.add(value);
  });
}

const lists = [
  "features",
  "attributes",
  "groups",
  "permissions",
  "aliases",
  "roles",
  "presets",
  "templates",
] as const;

/** No key twice in a list, and no alias that a role expression could take for a role, or for a permission that it does not contain. */
export function checkUnique(catalogue: Catalogue, report: Report): void {
  for (const list of lists) {
    const keys = catalogue[list].map(({ key }) => key);
    repeated(keys, (index) => [list, index, "key"], report);
  }
  for (const list of ["firstUserRoles", "newUserRoles", "neverEmpty"] as const)
    repeated(catalogue[list], (index) => [list, index], report);
  const taken = new Set([...catalogue.permissions, ...catalogue.roles].map(({ key }) => key));
  catalogue.aliases.forEach(({ key, permissions }, index) => {
    // A permission's own name may stand for more than itself where it is written (Rudder's configuration_read).
    if (taken.has(key) && !permissions.includes(key))
      report(
        ["aliases", index, "key"],
        `"${key}" is a permission or role already; expected a key of its own`,
      );
  });
}
