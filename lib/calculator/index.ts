export type {
  AccessAnswer,
  Answer,
  GroupAnswer,
  HeldRole,
  Nearest,
  PermissionAnswer,
  Step,
} from "./answer.ts";
export { explainRoleAccess, type RoleAccess } from "./explain-role-access.ts";
export { explainUserAccess, type UserAccess } from "./explain-user-access.ts";
export { type FoundPerson, findPeople } from "./find-people.ts";
export { instantOf } from "./instant.ts";
export { type AttributeChoice, type CalculatorChoices, viewCalculator } from "./view-calculator.ts";
export { type WhoCanPage, type WhoCanRow, whoCan } from "./who-can.ts";
