import { blockingRoles, rolesThatAlwaysGive } from "./always-gives.ts";
import type { Catalogue } from "./catalogue.ts";
import { cataloguePolicy } from "./catalogue-policy.ts";
import type { Report } from "./check-catalogue.ts";
import { compile } from "./compile.ts";

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

/** Whether the first user holds a permission in full and at every hour. */
function firstUserHolds(catalogue: Catalogue, permission: string): boolean {
  const policy = compile(cataloguePolicy(catalogue));
  const giving = rolesThatAlwaysGive(policy, permission);
  const blocking = blockingRoles(policy);
  const roles = catalogue.firstUserRoles;
  return roles.some((role) => giving.includes(role)) && !roles.some((role) => blocking.includes(role));
}

/** Who gets which roles: one each where assignment is single, and a first user who can let others in. */
export function checkMembership(catalogue: Catalogue, report: Report): void {
  if (catalogue.assignment === "single") {
    for (const list of ["firstUserRoles", "newUserRoles"] as const)
      if (catalogue[list].length !== 1) report([list], "expected exactly one role, as assignment is single");
    catalogue.presets.forEach(({ roles }, index) => {
      if (roles.length !== 1)
        report(["presets", index, "roles"], "expected exactly one role, as assignment is single");
    });
  }
  const { manageUsers } = catalogue.capabilities;
  if (manageUsers !== undefined && !firstUserHolds(catalogue, manageUsers))
    report(
      ["firstUserRoles"],
      "the first user could not manage users; expected a role that always holds manageUsers in full",
    );
  if (!isPattern(catalogue.customRoles.keyPattern))
    report(["customRoles", "keyPattern"], "expected a regular expression");
  if (catalogue.roleExpressions) checkExpressions(catalogue, report);
}

/** What an expression can lead to has to be there: a role of single permissions, and one for whoever may do nothing. */
function checkExpressions(catalogue: Catalogue, report: Report): void {
  const path = ["roleExpressions"];
  if (catalogue.assignment === "single") report(path, "expected assignment to be multiple");
  if (!catalogue.customRoles.enabled)
    report(path, "expected customRoles to be enabled, as single permissions become a role");
  if (!catalogue.roles.some(({ blocking }) => blocking))
    report(path, "expected a blocking role, for expressions with an unknown entry");
}
