import type { Security } from "#lib/settings/index.ts";

export interface SessionTimes {
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date;
}

const minute = 60_000;
const hour = 60 * minute;

/**
 * When a session's absolute time is over. A limit that was shortened since it began holds for it as well;
 * a longer one does not give it more than it began with.
 */
export const absoluteEnd = (
  { createdAt, expiresAt }: Pick<SessionTimes, "createdAt" | "expiresAt">,
  { absoluteHours }: Security,
): Date => new Date(Math.min(expiresAt.getTime(), createdAt.getTime() + absoluteHours * hour));

/** When it runs out, and why, unless it is used again or somebody ends it before. */
export function sessionEnd(times: SessionTimes, security: Security): { at: Date; why: string } {
  const idle = new Date(times.lastUsedAt.getTime() + security.idleMinutes * minute);
  const absolute = absoluteEnd(times, security);
  return idle < absolute ? { at: idle, why: ranIdle } : { at: absolute, why: ranOut };
}

/** Why sessions end, as their rows keep it and the list shows it. */
export const ranIdle = "not used for too long";
export const ranOut = "its time was over";
export const crowdedOut = "made room for a newer session";
export const replaced = "replaced by a new sign-in";
export const signedOutThere = "signed out at the identity provider";

/** The same as bounds for a search: live sessions began, were used and will expire after these instants. */
export const liveBounds = ({ absoluteHours, idleMinutes }: Security, at: Date) => ({
  createdAfter: new Date(at.getTime() - absoluteHours * hour),
  usedAfter: new Date(at.getTime() - idleMinutes * minute),
  expiresAfter: at,
});
