import * as accounts from "#lib/accounts/index.ts";
import * as auditLog from "#lib/audit-log/index.ts";
import * as breakGlass from "#lib/break-glass/index.ts";
import * as calculator from "#lib/calculator/index.ts";
import { bringInLine } from "#lib/catalogue/bring-in-line.ts";
import type { Command, Query } from "#lib/kernel/operation.ts";
import * as managedValues from "#lib/managed-values/index.ts";
import * as organizations from "#lib/organizations/index.ts";
import * as passwords from "#lib/passwords/index.ts";
import * as roleExpressions from "#lib/role-expressions/index.ts";
import * as roles from "#lib/roles/index.ts";
import * as saml from "#lib/saml/index.ts";
import * as scim from "#lib/scim/index.ts";
import * as secondFactor from "#lib/second-factor/index.ts";
import * as sessions from "#lib/sessions/index.ts";
import * as settings from "#lib/settings/index.ts";
import * as setup from "#lib/setup/index.ts";
import * as signIn from "#lib/sign-in/index.ts";
import * as signOut from "#lib/sign-out/index.ts";
import * as signUp from "#lib/sign-up/index.ts";
import * as sso from "#lib/sso/index.ts";
import * as temporaryAccess from "#lib/temporary-access/index.ts";
import * as users from "#lib/users/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: operations of every kind
export type AnyQuery = Query<any, unknown>;
// biome-ignore lint/suspicious/noExplicitAny: operations of every kind
export type AnyCommand = Command<any, unknown, unknown>;

const features = {
  accounts,
  auditLog,
  breakGlass,
  calculator,
  catalogue: { bringInLine },
  managedValues,
  organizations,
  passwords,
  roleExpressions,
  roles,
  saml,
  scim,
  secondFactor,
  sessions,
  settings,
  setup,
  signIn,
  signOut,
  signUp,
  sso,
  temporaryAccess,
  users,
};

const isOperation = (one: unknown): one is AnyQuery | AnyCommand =>
  typeof one === "object" && one !== null && "needs" in one && "run" in one;

/** Every operation that a feature offers. */
export const operations: readonly (AnyQuery | AnyCommand)[] = Object.values(features)
  .flatMap((feature) => Object.values(feature))
  .filter(isOperation);
