import { changeRoleRows } from "./change-role-rows.ts";
import { editRolesRow } from "./edit-roles-row.ts";
import { expressionRow } from "./expression-row.ts";
import { ownRows } from "./own-rows.ts";
import { roleRows } from "./role-rows.ts";
import type { AnyRow } from "./row.ts";
import { sessionRows } from "./session-rows.ts";
import { singleRows } from "./single-rows.ts";
import { temporaryRows } from "./temporary-rows.ts";
import { userRows } from "./user-rows.ts";

export const rows: readonly AnyRow[] = [
  ...userRows,
  ...singleRows,
  editRolesRow,
  expressionRow,
  ...temporaryRows,
  ...changeRoleRows,
  ...roleRows,
  ...sessionRows,
  ...ownRows,
];
