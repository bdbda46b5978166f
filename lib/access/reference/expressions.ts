import * as fc from "fast-check";
import type { PolicySource, Subject } from "../model.ts";
import { role } from "./examples.ts";
import type { Law } from "./law.ts";
import { referenceDecide } from "./reference.ts";
import { permissionKeys, sources } from "./worlds.ts";

type Example = readonly [source: PolicySource, entries: readonly string[]];

const aliases = [
  { key: "p0", permissions: ["p0", "p1"] },
  { key: "both", permissions: ["p4", "p5"] },
];
const entry = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom("r0", " R1 ", "r2", "P0", "p1", "p2 ", "both") },
  { weight: 1, arbitrary: fc.constantFrom("nobody", "p 1", "") },
);
const at = Date.UTC(2026, 5, 1);

/** What the words mean, said another way; undefined for an expression that leaves nothing. */
function meant(entries: readonly string[], source: PolicySource) {
  const words = entries.map((one) => one.trim().toLowerCase());
  while (words.at(-1) === "") words.pop();
  const roles = words.filter((word) => source.roles.some(({ key }) => key === word));
  const rest = words.filter((word) => !roles.includes(word));
  const rights = rest.flatMap((word) => aliases.find(({ key }) => key === word)?.permissions ?? [word]);
  return rights.every((right) => permissionKeys.includes(right)) ? { roles, rights } : undefined;
}

export const expressions: Law<Example> = {
  title: "R02, R03 a role expression gives what its roles and permissions give together, or nothing",
  usual: 1500,
  examples: fc.tuple(
    sources.map((source) => ({
      ...source,
      roles: source.roles.map((one) => ({ ...one, window: undefined })),
    })),
    fc.array(entry, { minLength: 1, maxLength: 4 }),
  ),
  breach(engine, [source, entries]) {
    const text = entries.join(",");
    const expression = engine.parseRoleExpression(text, { ...source, aliases });
    const { rights } = engine.explainRoleExpression(expression, source);
    const understood = meant(entries, source);
    if (understood === undefined) {
      const left = rights.size + expression.roles.length + expression.permissions.length;
      return left === 0 ? undefined : `"${text}" gives something`;
    }
    const grants = understood.rights.map((permission) => ({ permission, limits: [] }));
    const custom = role("custom", { grants });
    const holder: Subject = {
      id: "ann",
      active: true,
      organizations: ["o1"],
      teams: ["t1"],
      assignments: ["custom", ...understood.roles].map((key) => ({ id: key, role: key })),
    };
    const asked = { ...source, roles: [...source.roles, custom] };
    for (const permission of permissionKeys) {
      const effect = referenceDecide(asked, holder, { permission, at });
      const limits = rights.get(permission);
      const said = limits === undefined ? "deny" : limits.length === 0 ? "allow" : "limited";
      // A limit that nothing passes is shown, though it lets nobody in.
      if (said !== effect && !(said === "limited" && effect === "deny"))
        return `"${text}" gives ${permission}: ${said}, the reference says ${effect}`;
    }
    return undefined;
  },
};
