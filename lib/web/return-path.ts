const base = "http://console.invalid";

/** A path of this console to go back to; anything that could lead elsewhere becomes the front page. */
export function returnPath(wanted: unknown, fallback = "/"): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/") || !URL.canParse(wanted, base)) return fallback;
  const url = new URL(wanted, base);
  if (url.origin !== base || url.pathname.startsWith("//")) return fallback;
  const leadsInCircles = /^\/(sign-in|second-factor|sign-up|setup|api)(\/|$)/.test(url.pathname);
  return leadsInCircles ? fallback : url.pathname + url.search;
}

export function signInPath(path: string): string {
  const back = returnPath(path);
  return back === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(back)}`;
}

/** Where somebody who needs a second factor sets one up. */
export const enrolmentPath = "/account/second-factor";

/** Where somebody sees which accounts elsewhere open theirs. */
export const connectionsPath = "/account/connections";

/** Where whoever gave the right password shows the second factor, with the way back. */
export function secondFactorPath(next: string): string {
  return next === "/" ? "/second-factor" : `/second-factor?next=${encodeURIComponent(next)}`;
}

/** Where somebody confirms who they are before a dangerous act, with the way back. */
export function confirmPath(next: string): string {
  return `/account/confirm?next=${encodeURIComponent(returnPath(next))}`;
}
