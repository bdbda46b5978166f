import type { UnknownEntry } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { readExpression } from "./expressible.ts";

export interface ResolvedExpression {
  roles: string[];
  /** Single permissions, which become one role. */
  permissions: string[];
  unknown: UnknownEntry[];
}

/** Which roles and permissions an expression stands for. One unknown entry leaves the blocking role: nothing else may give anything. */
export function resolveExpression(access: ActivePolicy, text: string): ResolvedExpression {
  const { catalogue } = access;
  const blocking = catalogue.roles.find((role) => role.blocking);
  if (!catalogue.roleExpressions || !blocking) {
    const message = `Role expressions are not available with the ${catalogue.label} catalogue.`;
    throw new AppError("forbidden", "role_expressions_off", message);
  }
  const { roles, permissions, known, unknown } = readExpression(access, text);
  if (known.length + unknown.length === 0) {
    const message = `Write at least one role or permission. ${blocking.key} alone takes every right away.`;
    throw new AppError("invalid", "empty_expression", "Some fields need another look.", {
      fields: { expression: [message] },
    });
  }
  return unknown.length > 0
    ? { roles: [blocking.key], permissions: [], unknown }
    : { roles, permissions, unknown };
}
