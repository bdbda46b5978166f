/** "https://host[:port]" of a scheme and a Host header; undefined for anything that is no plain host. */
export function originOf(scheme: "http" | "https", host: string | undefined): string | undefined {
  if (!host || !/^(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(host)) return undefined;
  const text = `${scheme}://${host}`;
  return URL.canParse(text) ? new URL(text).origin : undefined;
}

/** Whether a request's Origin header names us. A missing header and the literal "null" count as foreign. */
export function isSameOrigin(origin: string | null | undefined, own: string): boolean {
  return typeof origin === "string" && origin !== "null" && origin.toLowerCase() === own;
}
