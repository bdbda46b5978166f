/** Paths that work before there is an account: the set-up page itself, what it loads, the way to an identity provider, and the API doors. */
const open =
  /^\/(?:setup(?:\/|$)|sign-in\/continue$|_next\/|api\/|[^/]+\.(?:ico|svg|png|txt|webmanifest|woff2)$)/;

/** While nobody has an account, every page leads to the set-up page. Once somebody has, that is never asked again. */
export function setupRedirect(isSetUp: () => Promise<boolean>): (path: string) => Promise<boolean> {
  let known = false;
  return async (path) => {
    if (known || open.test(path)) return false;
    known = await isSetUp();
    return !known;
  };
}
