export { keepingAdministrators, refuseLockout } from "./administrators.ts";
export { assignNewUser } from "./assign-new-user.ts";
export { loadSubject } from "./load-subject.ts";
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
  throwIf,
  userRankRefusal,
} from "./refusals.ts";
export { replaceRoles } from "./replace-roles.ts";
export { ruledRoles } from "./ruled-roles.ts";
export { subjectColumn, subjectColumnSchema } from "./subject-column.ts";
