import type { Catalogue } from "./catalogue.ts";
import type { CatalogueProblem, Report } from "./check-catalogue.ts";

type Place = CatalogueProblem["path"];

/** Reports each key of a list that names nothing. */
function refer(
  keys: readonly string[],
  known: ReadonlySet<string>,
  what: string,
  path: Place,
  report: Report,
): void {
  keys.forEach((key, index) => {
    if (!known.has(key)) report([...path, index], `no ${what} has the key "${key}"`);
  });
}

const keysIn = (items: readonly { key: string }[]) => new Set(items.map(({ key }) => key));

/** Every key that an entry names exists. */
export function checkReferences(catalogue: Catalogue, report: Report): void {
  const permissions = keysIn(catalogue.permissions);
  const roles = keysIn(catalogue.roles);
  const groups = keysIn(catalogue.groups);
  const features = keysIn(catalogue.features);
  catalogue.permissions.forEach(({ group, feature, implies }, index) => {
    const path = ["permissions", index];
    if (!groups.has(group)) report([...path, "group"], `no group has the key "${group}"`);
    if (feature !== undefined && !features.has(feature))
      report([...path, "feature"], `no feature has the key "${feature}"`);
    refer(implies, permissions, "permission", [...path, "implies"], report);
  });
  catalogue.aliases.forEach((alias, index) => {
    refer(alias.permissions, permissions, "permission", ["aliases", index, "permissions"], report);
  });
  catalogue.roles.forEach((role, index) => {
    refer(role.inherits, roles, "role", ["roles", index, "inherits"], report);
    refer(role.except, permissions, "permission", ["roles", index, "except"], report);
    role.grants.forEach(({ permission }, grant) => {
      if (!permissions.has(permission))
        report(["roles", index, "grants", grant], `no permission has the key "${permission}"`);
    });
  });
  catalogue.presets.forEach((preset, index) => {
    refer(preset.roles, roles, "role", ["presets", index, "roles"], report);
  });
  catalogue.templates.forEach((template, index) => {
    if (template.permissions !== "all")
      refer(template.permissions, permissions, "permission", ["templates", index, "permissions"], report);
  });
  for (const [capability, permission] of Object.entries(catalogue.capabilities))
    if (permission !== undefined && !permissions.has(permission))
      report(["capabilities", capability], `no permission has the key "${permission}"`);
  for (const list of ["firstUserRoles", "newUserRoles", "neverEmpty"] as const)
    refer(catalogue[list], roles, "role", [list], report);
}
