import { compile } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { policySource } from "#lib/policy/index.ts";
import { resolveExpression, unknownWords } from "#lib/role-expressions/index.ts";
import { expressionRole } from "#lib/roles/index.ts";
import type { Names } from "./names.ts";

interface Asked {
  access: ActivePolicy;
  names: Names;
  roles: readonly string[];
}

/**
 * A question about roles with what an expression adds to them. Its single permissions are one role, which nobody
 * needs to hold yet; an unknown entry brings the role that takes every right away, as it does to a user.
 */
export async function withExpression(
  reader: Reader,
  asked: Asked,
  expression: string,
): Promise<Asked & { unknownEntries: string }> {
  const { access, names } = asked;
  const { roles, permissions, unknown } = resolveExpression(access, expression);
  const unknownEntries = unknownWords(unknown);
  const all = [...asked.roles, ...roles];
  if (permissions.length === 0) return { access, names, roles: all, unknownEntries };
  const { key, label, grants } = expressionRole(access, permissions);
  const role = {
    key,
    rank: access.catalogue.customRoles.rank,
    superuser: false,
    except: [],
    blocking: false,
    inherits: [],
    grants: grants.map((permission) => ({ permission, limits: [] })),
    api: "full" as const,
  };
  const source = await policySource(reader, access.catalogue);
  const known = source.roles.some((one) => one.key === key);
  const policy = known ? access.policy : compile({ ...source, roles: [...source.roles, role] });
  return {
    access: { ...access, policy },
    names: { ...names, role: (one) => (one === key ? label : names.role(one)) },
    roles: [...all, key],
    unknownEntries,
  };
}
