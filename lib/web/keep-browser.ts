import { cookies } from "next/headers";
import { browsersCookie, secretsIn, withSecret } from "#lib/known-browsers/index.ts";
import { requestFacts } from "./request.ts";

/** Has the browser keep by what an account knows it from now on, beside those of others who use it. */
export async function keepBrowserSecret(secret: string | undefined): Promise<void> {
  if (secret === undefined) return;
  const { name, options } = browsersCookie((await requestFacts()).secure);
  const jar = await cookies();
  jar.set(name, withSecret(secretsIn(jar.get(name)?.value), secret), options);
}
