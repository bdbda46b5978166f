import type { Catalogue } from "./catalogue.ts";
import { checkAttributes, checkConditions } from "./check-conditions.ts";
import { checkMembership } from "./check-membership.ts";
import { checkReferences } from "./check-references.ts";
import { checkRoles } from "./check-roles.ts";
import { checkUnique } from "./check-unique.ts";

/** Where in the parsed catalogue, and what was expected there. */
export interface CatalogueProblem {
  path: (string | number)[];
  message: string;
}

export type Report = (path: CatalogueProblem["path"], message: string) => void;

/**
 * What the schema alone cannot see: that the keys of a parsed catalogue refer to each other and make a model that works.
 * @returns the problems in the order of the checks, each with the path to the value that is wrong; none for a sound catalogue
 */
export function checkCatalogue(catalogue: Catalogue): CatalogueProblem[] {
  const problems: CatalogueProblem[] = [];
  const report: Report = (path, message) => void problems.push({ path, message });
  checkUnique(catalogue, report);
  checkReferences(catalogue, report);
  checkAttributes(catalogue, report);
  checkConditions(catalogue, report);
  checkRoles(catalogue, report);
  checkMembership(catalogue, report);
  return problems;
}
