export { createRole } from "./create-role.ts";
export { deleteRole } from "./delete-role.ts";
export { editRole } from "./edit-role.ts";
export type { MatrixData } from "./matrix-data.ts";
export { reassignAndDeleteRole } from "./reassign-and-delete-role.ts";
export { type RoleChoice, roleChoices } from "./role-choices.ts";
export { addRoleChoices, type RoleTemplate } from "./role-templates.ts";
export { viewMatrix } from "./view-matrix.ts";
export { type RoleRemoval, viewRoleRemoval } from "./view-role-removal.ts";
