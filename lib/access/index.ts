export { blockingRoles, rolesThatAlwaysGive } from "./always-gives.ts";
export { type ApiReach, apiReach, permitsCall } from "./api-access.ts";
export { beyond, beyondGrants, type Giving } from "./beyond.ts";
export { type CapabilityBindings, heldCapabilities, holds } from "./capabilities.ts";
export * from "./catalogue.ts";
export { cataloguePolicy } from "./catalogue-policy.ts";
export { check } from "./check.ts";
export { type CatalogueProblem, checkCatalogue } from "./check-catalogue.ts";
export { conditionProblem } from "./check-conditions.ts";
export { compile } from "./compile.ts";
export type { Policy } from "./compiled.ts";
export { rolesThatCouldGive } from "./could-give.ts";
export { covers } from "./covers.ts";
export { inheritanceCycle } from "./cycles.ts";
export { type Danger, dangerOf, dangerousPermissions, dangersAdded } from "./danger.ts";
export { decide } from "./decide.ts";
export type { Decision, Denial, Dormant, Grounds, LimitFailure, Path } from "./decision.ts";
export { describeLimit, type LimitNames } from "./describe-limit.ts";
export { describeWindow } from "./describe-window.ts";
export { type EffectivePermission, effective } from "./effective.ts";
export {
  type ExplainedEntry,
  type ExplainedExpression,
  explainRoleExpression,
} from "./explain-role-expression.ts";
export { givenBy } from "./given-by.ts";
export { beyondJoining, type Place } from "./joining.ts";
export { isTimeZone, offsetAt } from "./local-time.ts";
export * from "./model.ts";
export { nearest } from "./nearest.ts";
export { nextBegin, nextClosing, nextOpening } from "./next-begin.ts";
export { rankOf } from "./ranks.ts";
export { type Redundant, redundant } from "./redundant.ts";
export {
  type Expressible,
  type KnownEntry,
  parseRoleExpression,
  type RoleExpression,
  type UnknownEntry,
} from "./role-expression.ts";
export { ownPlaceholder, subjectWithRoles } from "./subject-with-roles.ts";
export { type WhoCan, whoCan } from "./who-can.ts";
export { opensMore, widened } from "./widened.ts";
export { windowState } from "./windows.ts";
export { withRole } from "./with-role.ts";
