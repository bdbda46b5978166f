/** A rule as it stands in the form, finished or not. */
export interface RuleDraft {
  claim: string;
  value: string;
  role: string;
}

/** A press on one of the rule editor's buttons: "add", "up:2", "down:0", "remove:1". */
export function rearranged(rules: readonly RuleDraft[], press: string): RuleDraft[] {
  const [what, position] = press.split(":");
  const at = Number(position);
  const list = [...rules];
  if (what === "add") return [...list, { claim: "groups", value: "", role: "" }];
  const one = list[at];
  if (!one) return list;
  list.splice(at, 1);
  if (what === "remove") return list;
  list.splice(what === "up" ? Math.max(0, at - 1) : at + 1, 0, one);
  return list;
}
