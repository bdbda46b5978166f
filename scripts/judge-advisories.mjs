/**
 * What a report of `npm audit --json` means for a release.
 * @param report as npm printed it
 * @param accepted advisories that are known not to matter here, each with a reason and the day until which that holds
 * @param today as 2026-11-29
 */
export function judgeAdvisories(report, accepted, today) {
  const incomplete = accepted.filter(({ id, reason, until }) => !id || !reason || !isDay(until));
  const found = new Map();
  for (const { via } of Object.values(report.vulnerabilities ?? {}))
    for (const cause of via)
      if (typeof cause === "object") found.set(idOf(cause), { id: idOf(cause), ...cause });
  const holds = (id) => accepted.some((one) => one.id === id && isDay(one.until) && one.until >= today);
  const open = [...found.values()].filter(({ id }) => !holds(id));
  return {
    open,
    /** Those that no release may carry. */
    grave: open.filter(({ severity }) => severity === "high" || severity === "critical"),
    incomplete,
    /** Accepted once, and gone or out of time since: to be taken off the list. */
    outdated: accepted.filter(({ id, until }) => !found.has(id) || until < today),
  };
}

const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text ?? "");
const idOf = ({ url, source }) => url?.match(/GHSA(-\w{4}){3}/)?.[0] ?? String(source);
