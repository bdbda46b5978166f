export { acceptPassword, createUser } from "./create-user.ts";
export { getUser } from "./get-user.ts";
export { installationHasUsers } from "./installation.ts";
export { listUsers, type UserPage, type UserRow } from "./list-users.ts";
export { identityColumns, insertUser } from "./records.ts";
export { updateUser } from "./update-user.ts";
export { viewOwnAccess } from "./view-own-access.ts";
