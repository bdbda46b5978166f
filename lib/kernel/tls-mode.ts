/** Modes that `pg` reads as `verify-full` today, with a warning that it will not for ever. */
const readAsVerifyFull = ["prefer", "require", "verify-ca"];

/** A database's URL with what `pg` does about TLS said outright: encrypted, and the certificate and its name are checked. */
export function withTlsMode(url: string): string {
  const said = new URL(url);
  const { searchParams } = said;
  if (searchParams.has("uselibpqcompat") || !readAsVerifyFull.includes(searchParams.get("sslmode") ?? ""))
    return url;
  searchParams.set("sslmode", "verify-full");
  return said.href;
}
