/** Segments of a page: which layouts are around it, then its address. */
const groupOf = (pathname: string) => (/^\/(settings|account)\b/.test(pathname) ? "(console)" : "(auth)");

/**
 * The header `Next-Router-State-Tree` of a browser that shows the page: what it has of it, from the root layout down.
 * Recorded from Chromium with Next 16.4.
 * @param pathname of a page without parameters in its folders, such as /settings/users
 * @param refetch the page goes on to itself with another query
 */
export function routerTree(pathname: string, refetch: boolean): string {
  const segments = [groupOf(pathname), ...pathname.split("/").filter(Boolean)];
  const page: unknown = ["__PAGE__", {}, null, refetch ? "refetch" : null, 0];
  const tree = segments.reduceRight((inner, segment) => [segment, { children: inner }, null, null, 0], page);
  return encodeURIComponent(JSON.stringify(["", { children: tree }, null, null, 16]));
}
