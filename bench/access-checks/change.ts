import { check, compile, type Policy, withRole } from "../../lib/access/index.ts";
import type { World } from "./world.ts";

const at = Date.UTC(2026, 2, 2, 12);

/** Milliseconds from a grant that was taken from a role until its holder is asked about it: all compiled anew, and the role alone. */
export function millisecondsOfChange({ source, subjects }: World): { anew: number; alone: number } {
  const [subject] = subjects;
  const role = source.roles.find(({ key }) => key === subject?.assignments[0]?.role);
  const gone = role?.grants[0]?.permission;
  if (!subject || !role || !gone) throw new Error("nobody has a role");
  const before = compile(source);
  const changed = { ...role, grants: role.grants.slice(1) };
  const roles = source.roles.map((one) => (one === role ? changed : one));
  const timed = (change: () => Policy | undefined) => {
    const begun = performance.now();
    const policy = change();
    if (!policy) throw new Error("the role is gone");
    check(policy, subject, gone, at);
    return performance.now() - begun;
  };
  return { anew: timed(() => compile({ ...source, roles })), alone: timed(() => withRole(before, changed)) };
}
