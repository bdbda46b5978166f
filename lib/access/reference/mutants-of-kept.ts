import type { Mutant } from "./mutant.ts";

/** Mistakes about what is worked out once and kept: about a subject, about a role, after an edit. */
export const mutantsOfKept: readonly Mutant[] = [
  ["what has an end is held always", "prepare.ts", "end !== undefined", "false"],
  ["who may be blocked is never", "prepare.ts", "[...gatedParts(role)].some((part) => part.blocks)", "false"],
  ["who is blocked at some hours is held always", "prepare.ts", "mayBlock ? [] : untimed", "untimed"],
  ["what is limited is held in full", "prepare.ts", "set === certain[place]", "true"],
  [
    "a base role's limited grants are not possible",
    "could-give.ts",
    "if (part.limits.size > 0) sets.push(part.partial);",
    "",
  ],
  ["what comes through hours is not possible", "could-give.ts", "of gatedParts(role)", "of [role]"],
  ["whoever is inactive was prepared", "prepare.ts", "if (subject.active !== true) continue;", ""],
  [
    "subjects keep what they had before an edit",
    "with-role.ts",
    "blocking, excepting, walk, prepared: new WeakMap()",
    "blocking, excepting, walk",
    "editing",
  ],
  ["heirs keep what was known of them before an edit", "with-role.ts", "known: {},", "", "editing"],
  [
    "a way through hours is one at every hour",
    "in-full.ts",
    "role.gated.length === 0 ? knownWay",
    "true ? knownWay",
    "replay",
  ],
  [
    "a limited grant is taken for a full one",
    "in-full.ts",
    "({ limits }) => limits.length === 0",
    "() => true",
    "replay",
  ],
  [
    "the path begins with an assignment that is not active",
    "in-full.ts",
    'if (activity(assignment, role.window, at) !== "active") continue;',
    "",
    "replay",
  ],
  [
    "heirs of an edited role keep what they had",
    "with-role.ts",
    "for (const heir of heirsOf(policy, before)) renewed.set(heir, blank(heir, policy.keys.length));",
    "",
    "editing",
  ],
  [
    "only direct heirs of an edited role change",
    "with-role.ts",
    "for (const heir of found) for",
    "for (const heir of []) for",
    "editing",
  ],
];
