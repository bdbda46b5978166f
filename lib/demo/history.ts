import { day } from "./people.ts";
import type { DemoHolder } from "./role-shares.ts";
import { endOpen, type SessionRow } from "./sign-ins.ts";
import type { DemoEvent } from "./trail.ts";

const identityOf = ({ username, email, givenName, familyName }: DemoHolder) => ({
  username,
  email,
  givenName,
  familyName,
});
const targetOf = ({ id, username }: DemoHolder) => ({ kind: "user", id, name: username });

/** How somebody came: set up, or added by an administrator with the role that they had first. */
export function arrival(holder: DemoHolder): DemoEvent {
  const roles = holder.earlier ? [holder.earlier.role] : holder.roles;
  const at = holder.createdAt;
  if (!holder.giver) {
    const target = { ...targetOf(holder), kind: "installation" };
    const after = { ...identityOf(holder), roles };
    return { at, action: "set up installation", actor: undefined, address: holder.address, target, after };
  }
  const after = { ...identityOf(holder), roles, active: true };
  return { at, action: "add user", actor: holder.giver, target: targetOf(holder), after };
}

/** An administrator gave somebody another role. It ended their sessions. */
export function roleChange(holder: DemoHolder, sessions: readonly SessionRow[]): DemoEvent[] {
  if (!holder.earlier) return [];
  const { role, until: at } = holder.earlier;
  const was = { id: holder.id, ...identityOf(holder), active: true };
  const sessionsEnded = endOpen(sessions, holder.id, at, "roles changed");
  return [
    {
      at,
      action: "edit user",
      actor: holder.giver,
      target: targetOf(holder),
      before: { ...was, roles: [role] },
      after: { ...was, roles: holder.roles, sessionsEnded },
    },
  ];
}

/** An administrator took somebody's access away, a while after they came last. */
export function deactivation(holder: DemoHolder, at: Date, sessions: readonly SessionRow[]): DemoEvent {
  const was = { id: holder.id, ...identityOf(holder), roles: holder.roles };
  const sessionsEnded = endOpen(sessions, holder.id, at, "account deactivated");
  return {
    at,
    action: "edit user",
    actor: holder.giver,
    target: targetOf(holder),
    before: { ...was, active: true },
    after: { ...was, active: false, sessionsEnded },
  };
}

/** Self-registration was tried for a week and turned off again. */
export function registrationTrial(owner: DemoHolder, role: string, at: Date): DemoEvent[] {
  const on = new Date(at.getTime() - 151.2 * day);
  const off = new Date(at.getTime() - 144.1 * day);
  const target = { kind: "settings", name: "User Registration Settings" };
  const closed = { enabled: false, role };
  const open = { enabled: true, role };
  const action = "save registration settings";
  return [
    { at: on, action, actor: owner, target, before: closed, after: open },
    { at: off, action, actor: owner, target, before: open, after: closed },
  ];
}
