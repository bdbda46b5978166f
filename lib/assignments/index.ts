export { isManageable, keepingAdministrators, refuseLockout } from "./administrators.ts";
export { assignNewUser } from "./assign-new-user.ts";
export { loadSubject } from "./load-subject.ts";
export {
  escalationRefusal,
  givingRefusal,
  inactiveResetRefusal,
  ownDeactivationRefusal,
  ownDeletionRefusal,
  ownResetRefusal,
  ownRoleRefusal,
  type Refusal,
  throwIf,
  userRankRefusal,
} from "./refusals.ts";
export { replaceRoles } from "./replace-roles.ts";
export { ruledRoles } from "./ruled-roles.ts";
