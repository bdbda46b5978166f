const base = "http://console.invalid";

/** A path of this console to go back to; anything that could lead elsewhere becomes the front page. */
export function returnPath(wanted: unknown, fallback = "/"): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/") || !URL.canParse(wanted, base)) return fallback;
  const url = new URL(wanted, base);
  if (url.origin !== base || url.pathname.startsWith("//")) return fallback;
  const leadsInCircles = /^\/(sign-in|sign-up|setup|api)(\/|$)/.test(url.pathname);
  return leadsInCircles ? fallback : url.pathname + url.search;
}

export function signInPath(path: string): string {
  const back = returnPath(path);
  return back === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(back)}`;
}
