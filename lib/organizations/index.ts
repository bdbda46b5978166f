export { findNewcomers, type Newcomer } from "./find-newcomers.ts";
export { listMembers, type MemberPage, type MemberRow } from "./list-members.ts";
export { listOrganizations, type OrganizationPage, type OrganizationRow } from "./list-organizations.ts";
export { addMembers, removeMembers } from "./members.ts";
export { addOrganization, deleteOrganization, editOrganization } from "./organizations.ts";
export { addTeam, deleteTeam, editTeam } from "./teams.ts";
export { type OrganizationView, type TeamView, viewOrganization } from "./view-organization.ts";
