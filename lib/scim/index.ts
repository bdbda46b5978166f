export { deprovisionUser } from "./deprovision-user.ts";
export { provisionGroup, removeProvisionedGroup, updateProvisionedGroup } from "./groups.ts";
export { mostAtOnce } from "./input.ts";
export { loadClient } from "./load-client.ts";
export { provisionUser } from "./provision-user.ts";
export { listProvisionedGroups, viewProvisionedGroup } from "./read-groups.ts";
export { listProvisionedUsers, type Page, viewProvisionedUser } from "./read-users.ts";
export { createProvisioningToken, listProvisioningTokens, revokeProvisioningToken } from "./tokens.ts";
export { updateProvisionedUser } from "./update-provisioned-user.ts";
