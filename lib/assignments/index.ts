export {
  isManageable,
  isMetBy,
  keepingAdministrators,
  keepingRoles,
  presentNeeds,
  refuseLockout,
} from "./administrators.ts";
export { assignNewUser } from "./assign-new-user.ts";
export { changeAssignments, type Moved } from "./change-assignments.ts";
export { dangerWords, refuseUnconfirmedPermissions, refuseUnconfirmedRoles } from "./confirmation.ts";
export {
  type Exchange,
  type Exchanger,
  isMove,
  isNothing,
  planExchange,
  refuseExchange,
  writeExchanges,
} from "./exchange-roles.ts";
export { heldAt, heldSql } from "./held.ts";
export { heldInFull } from "./held-in-full.ts";
export { type HeldRow, heldRows, heldRowsOf, lastingOf, lastingRows } from "./held-rows.ts";
export { viewHeld } from "./held-views.ts";
export { type Holder, holdersOf } from "./holders.ts";
export { loadSubject, loadSubjects } from "./load-subject.ts";
export { emptyingRefusal, moveHolders, takingAwayRefusal } from "./move-holders.ts";
export { placesOf } from "./places.ts";
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
export type { AssignmentView, Places } from "./schema.ts";
export { type SyncSource, temporarySources } from "./sources.ts";
export { subjectColumn, subjectColumnSchema } from "./subject-column.ts";
export { deleteEnded } from "./sweep-ended.ts";
export { endTemporarily, giveTemporarily, proveGivable } from "./temporary.ts";
