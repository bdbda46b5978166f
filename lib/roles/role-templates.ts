import { beyondGrants } from "#lib/access/index.ts";
import { type Actor, can } from "#lib/kernel/actor.ts";
import { customRolesRefusal, mayManageRoles } from "./role-refusals.ts";

export interface RoleTemplate {
  key: string;
  label: string;
  description: string;
  permissions: string[];
}

/** What the Add Role dialog needs of the catalogue; templates are cut down to what the actor may give. */
export function addRoleChoices(actor: Actor, at: number) {
  if (actor.kind !== "user") return undefined;
  const { catalogue, policy } = actor.access;
  const every = catalogue.permissions.map(({ key }) => key);
  const grantable = (keys: readonly string[]) => {
    if (can(actor, "grantBeyondOwn", at)) return [...keys];
    const grants = keys.map((permission) => ({ permission, limits: [] }));
    const missing = new Set(beyondGrants(policy, actor.subject, grants, at));
    return keys.filter((key) => !missing.has(key));
  };
  const templates: RoleTemplate[] = catalogue.templates.map(({ permissions, ...template }) => ({
    ...template,
    permissions: grantable(permissions === "all" ? every : permissions),
  }));
  return {
    unavailable: customRolesRefusal(actor.access)?.message,
    why: mayManageRoles(actor, at),
    keyHint: catalogue.customRoles.keyHint,
    templates,
  };
}
