import { z } from "zod";
import type { Attribute } from "#lib/access/index.ts";
import { can } from "#lib/kernel/actor.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { loadGroups } from "./permission-groups.ts";

interface Option {
  value: string;
  label: string;
}

export interface AttributeChoice extends Pick<Attribute, "key" | "label" | "description" | "of" | "kind"> {
  /** Of a choice, lowest first, and of managed values. */
  options: Option[];
}

export interface CalculatorChoices {
  /** Why the actor may not ask about people, in the words of the rule; absent when they may. */
  peopleWhy: string | undefined;
  roles: Option[];
  /** Whether a role expression can be asked about. */
  expressions: boolean;
  permissions: { label: string; options: Option[] }[];
  organizations: Option[];
  teams: (Option & { organization: string })[];
  attributes: AttributeChoice[];
}

/** So many are offered to choose from; the others are asked about by their address. */
const most = 1000;

/** What the calculator can be asked about. */
export const viewCalculator = defineQuery({
  name: "view calculator",
  needs: "viewRoles",
  input: z.object({}),
  async run({ reader, actor, at }): Promise<CalculatorChoices> {
    const { catalogue } = requireUser(actor).access;
    const [roles, groups, organizations, teams, values] = await Promise.all([
      reader.role.findMany({
        select: { key: true, label: true },
        orderBy: [{ position: { sort: "asc", nulls: "last" } }, { key: "asc" }],
      }),
      loadGroups(reader, catalogue),
      reader.organization.findMany({
        select: { id: true, name: true },
        orderBy: { nameKey: "asc" },
        take: most,
      }),
      reader.team.findMany({
        select: { id: true, name: true, organizationId: true, organization: { select: { name: true } } },
        orderBy: [{ organization: { nameKey: "asc" } }, { nameKey: "asc" }],
        take: most,
      }),
      reader.managedValue.findMany({
        select: { attribute: true, key: true, label: true },
        orderBy: { label: "asc" },
        take: most,
      }),
    ]);
    const option = ({ key, label }: { key: string; label: string }) => ({ value: key, label });
    return {
      peopleWhy: can(actor, "viewUsers", at)
        ? undefined
        : "You may ask about roles but not about people: that needs the right to view users.",
      roles: roles.map(option),
      expressions: catalogue.roleExpressions,
      permissions: groups.map(({ label, permissions }) => ({ label, options: permissions.map(option) })),
      organizations: organizations.map(({ id, name }) => ({ value: id, label: name })),
      teams: teams.map(({ id, name, organizationId, organization }) => ({
        value: id,
        label: `${name}, ${organization.name}`,
        organization: organizationId,
      })),
      attributes: catalogue.attributes.map(({ key, label, description, of, kind, values: choices }) => ({
        key,
        label,
        description,
        of,
        kind,
        options:
          kind === "managed"
            ? values.filter(({ attribute }) => attribute === key).map(option)
            : choices.map((value) => ({ value, label: value })),
      })),
    };
  },
});
