import { compile, type Limit, type PolicySource, type RoleSource, type Subject } from "../index.ts";

/** Short hands for tests by example. */
export const role = (key: string, more: Partial<RoleSource> = {}): RoleSource => ({
  key,
  rank: 0,
  superuser: false,
  except: [],
  blocking: false,
  inherits: [],
  grants: [],
  api: "full",
  ...more,
});

export const full = (...permissions: string[]) =>
  permissions.map((permission) => ({ permission, limits: [] as Limit[] }));

export const limited = (permission: string, ...limits: Limit[]) => ({ permission, limits });

export function policyOf(
  permissions: readonly string[],
  roles: RoleSource[],
  more: Partial<PolicySource> = {},
) {
  return compile({
    permissions: permissions.map((key) => ({ key, implies: [] })),
    roles,
    attributes: [],
    ...more,
  });
}

/** A subject who simply has these roles. */
export const holding = (...roles: string[]): Subject => ({
  id: "ann",
  active: true,
  assignments: roles.map((key) => ({ id: key, role: key })),
});

export const noon = Date.parse("2026-03-02T12:00:00Z");
