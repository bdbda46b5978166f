import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import type { Draft, Rule } from "#lib/providers/index.ts";
import { refuseBrake } from "./refuse-brake.ts";
import { refuseGiving, refuseTaking } from "./rules.ts";
import { saveRulesSchema } from "./schema.ts";
import { aboutProvider, findForChange, fixedMessage } from "./stored-provider.ts";
import { writeProvider } from "./write-provider.ts";

/** Which claims make which roles, in order of precedence. They count from each person's next sign-in on. */
export const saveRules = defineCommand({
  name: "save role rules",
  needs: "manageSettings",
  changesAccess: true,
  dangerous: true,
  input: saveRulesSchema,
  about: aboutProvider,
  async run(context, { slug, version, rules, confirmed }) {
    const { tx, call } = context;
    const draft = await findForChange(tx, slug, version);
    refuseFixedRoles(draft, rules);
    // What the environment overrules is not in the form and stays.
    const overruled = draft.rules.filter((rule) => isFixed(draft, rule));
    const before = draft.rules.filter((rule) => !isFixed(draft, rule));
    const { catalogue } = await currentPolicy(tx);
    const single = catalogue.assignment === "single";
    const gaining = rules.filter((rule, at) => gains(rule, rules.slice(0, at), before, single));
    await refuseGiving(context, rolesOf(gaining), "rules", confirmed);
    await refuseTaking(context, rolesOf(before.filter((rule) => !rules.some(same(rule)))), "rules");
    await refuseBrake(context, { ...draft, rules }, "rules");
    await writeProvider(tx, call, draft, { rules: [...rules, ...overruled] });
    return {
      target: aboutProvider(draft),
      before: { rules: before },
      after: { rules },
      result: { label: draft.label, count: rules.length },
    };
  },
});

const same = (one: Rule) => (other: Rule) =>
  one.claim === other.claim && one.value === other.value && one.role === other.role;
const rolesOf = (rules: readonly Rule[]) => [...new Set(rules.map(({ role }) => role))];
const isFixed = ({ fixedRules }: Draft, { role }: Rule) => fixedRules.some((fixed) => fixed.role === role);

/** A new rule gives a role to people; where the first that fits counts, so does one that another made way for. */
function gains(rule: Rule, above: readonly Rule[], before: readonly Rule[], single: boolean): boolean {
  const was = before.findIndex(same(rule));
  if (was < 0) return true;
  return single && before.slice(0, was).some((other) => !above.some(same(other)));
}

function refuseFixedRoles({ fixedRules }: Draft, rules: readonly Rule[]): void {
  const fields: Record<string, string[]> = {};
  for (const [at, { role }] of rules.entries()) {
    const fixed = fixedRules.find((rule) => rule.role === role);
    if (fixed) fields[`rules.${at}.role`] = [fixedMessage(fixed.variable)];
  }
  const [message] = Object.values(fields).flat();
  if (message) throw new AppError("conflict", "fixed_by_environment", message, { fields });
}
