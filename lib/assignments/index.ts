export { isManageable, keepingAdministrators, refuseLockout } from "./administrators.ts";
export { assignNewUser } from "./assign-new-user.ts";
export { dangerWords, refuseUnconfirmedPermissions, refuseUnconfirmedRoles } from "./confirmation.ts";
export { type Holder, holdersOf } from "./holders.ts";
export { loadSubject } from "./load-subject.ts";
export { emptyingRefusal, moveHolders, takingAwayRefusal } from "./move-holders.ts";
export {
  escalationRefusal,
  givingRefusal,
  inactiveResetRefusal,
  joiningRefusal,
  ownDeactivationRefusal,
  ownDeletionRefusal,
  ownMembershipRefusal,
  ownResetRefusal,
  ownRoleRefusal,
  type Refusal,
  type RuledRole,
  takingRefusal,
  throwIf,
  userRankRefusal,
} from "./refusals.ts";
export { replaceRoles } from "./replace-roles.ts";
export { ruledRoles } from "./ruled-roles.ts";
export { subjectColumn, subjectColumnSchema } from "./subject-column.ts";
