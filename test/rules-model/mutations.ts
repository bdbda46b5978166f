/** Deliberate mistakes: a rule, a step or a check taken out while its name is set here. */
export const broken = { name: "" };

// biome-ignore lint/suspicious/noExplicitAny: functions of every kind
type Any = any;
type Instead = (real: (...given: Any[]) => Any, ...given: Any[]) => Any;

const nothing: Instead = () => undefined;
const nobody: Instead = async () => 0;
const always: Instead = () => true;
const never: Instead = () => false;

/** A refusal for this reason is passed over, others are not. */
const without =
  (reason: string): Instead =>
  (real, ...given) => {
    const refusal = real(...given);
    return refusal?.reason === reason ? undefined : refusal;
  };

/** The form's version is taken for the present one. */
const anyVersion: Instead = (real, tx, key, version) =>
  real(tx, key, version).catch((error: Any) =>
    error.reason === "edit_conflict" ? real(tx, key, error.details.version) : Promise.reject(error),
  );

const noEnd: Instead = () => ({ at: new Date(8.64e15), why: "never" });

type Mutation = readonly [file: string, name: string, instead: Instead, catalogue?: string, title?: string];

export const mutations: readonly Mutation[] = [
  ["assignments/refusals", "ownRoleRefusal", nothing],
  ["assignments/refusals", "ownDeactivationRefusal", nothing],
  ["assignments/refusals", "ownDeletionRefusal", nothing],
  ["assignments/refusals", "ownResetRefusal", nothing],
  ["assignments/refusals", "inactiveResetRefusal", nothing],
  ["assignments/refusals", "userRankRefusal", nothing],
  ["assignments/refusals", "givingRefusal", without("guarded_role"), "patchmon", "giving: guarded role"],
  ["assignments/refusals", "givingRefusal", without("rank"), "patchmon", "giving: rank"],
  ["assignments/refusals", "givingRefusal", without("escalation"), "utmstack", "giving: escalation"],
  ["assignments/refusals", "takingRefusal", nothing],
  ["assignments/refusals", "escalationRefusal", nothing],
  ["assignments/administrators", "keepingAdministrators", (_real, _tx, _at, _verb, change) => change()],
  ["assignments/administrators", "refuseLockout", nothing, "rudder"],
  ["assignments/ruled-roles", "refuseSeveral", nothing],
  ["roles/role-refusals", "editRefusal", nothing],
  ["roles/role-refusals", "deleteRefusal", nothing],
  ["roles/role-refusals", "inUseRefusal", nothing],
  ["roles/role-refusals", "customRolesRefusal", nothing, "ops-atlas"],
  ["roles/role-refusals", "grantingRefusal", nothing],
  ["roles/edited-role", "loadEditedRole", anyVersion],
  ["policy/load-policy", "policyChanged", nothing],
  [
    "settings/registration",
    "registrationOf",
    async (real, reader) => ({ ...(await real(reader)), enabled: true }),
  ],
  ["sessions/rules", "currentSessionRefusal", nothing],
  ["sessions/end-sessions", "endSessionsOf", nobody],
  ["sessions/end-sessions", "endOtherSessionsOf", nobody],
  ["sessions/end-sessions", "endSession", async () => true],
  ["sessions/session-end", "sessionEnd", noEnd],
  ["second-factor/trusted-devices", "endTrustedDevicesOf", nobody],
  ["second-factor/remove-factors", "removeFactorsOf", nothing],
  ["passwords/former-passwords", "refuseReuse", nothing],
  ["passwords/former-passwords", "rememberPassword", nothing],
  ["passwords/reset-links", "spendResetLinks", nothing],
  ["temporary-access/rules", "decisionRefusal", nothing],
  ["temporary-access/rules", "inactiveRefusal", nothing],
  ["assignments/validity", "isSame", never, "uptrakit", "the same role twice"],
  ["assignments/confirmation", "refuseUnconfirmedRoles", nothing],
  ["assignments/confirmation", "refuseUnconfirmedPermissions", nothing],
  ["roles/change-refusals", "widerRefusal", nothing, "utmstack"],
  ["roles/change-refusals", "basesRefusal", without("escalation"), "utmstack", "bases: escalation"],
  ["roles/change-refusals", "basesRefusal", without("guarded_role"), "patchmon", "bases: guarded role"],
  ["roles/change-refusals", "basesRefusal", without("inheritance_cycle"), "patchmon", "bases: cycle"],
  ["roles/change-refusals", "hoursRefusal", nothing],
  ["roles/limits-known", "refuseUnknownInLimits", nobody],
  ["roles/expression-role", "isExpressionRole", never, "rudder"],
  ["roles/unheld-expression-roles", "removeUnheldExpressionRoles", nobody, "rudder"],
  ["roles/apply-change", "columnsOf", () => ({}), "patchmon", "hours and API access are written"],
  ["kernel/actor", "mayRun", always],
  ["kernel/actor", "isProven", always],
  ["kernel/actor", "can", always],
  ["kernel/audit", "writeAudit", nothing],
  ["access/ranks", "rankOf", () => 0],
  ["access/beyond", "beyond", () => []],
  ["access/beyond", "beyondGrants", () => [], "utmstack"],
  ["access/cycles", "inheritanceCycle", nothing],
  [
    "access/widened",
    "widened",
    (real, policy, before, after) => (before ? undefined : real(policy, before, after)),
    "utmstack",
  ],
  ["access/widened", "opensMore", never, "utmstack"],
  ["access/covers", "covers", always, "utmstack"],
  ["access/window-covers", "windowCovers", always, "utmstack"],
  ["access/danger", "dangersAdded", () => []],
  ["access/check", "check", () => "allow"],
  ["access/activity", "activity", () => "active"],
  ["access/always-gives", "rolesThatAlwaysGive", (_real, policy) => [...policy.roles.keys()]],
];

export const titleOf = ([file, name, , , title]: Mutation): string => `${file}: ${title ?? name}`;

/** The module of that file, its functions as they are unless one of them is broken. */
export function breakable(file: string, real: Record<string, Any>): Record<string, Any> {
  const changed = mutations.filter(([one]) => one === file);
  const module = { ...real };
  for (const name of new Set(changed.map(([, one]) => one)))
    module[name] = (...given: Any[]) => {
      const mutation = changed.find((one) => one[1] === name && titleOf(one) === broken.name);
      return mutation ? mutation[2](real[name], ...given) : real[name](...given);
    };
  return module;
}
