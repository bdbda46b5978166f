import { cookies } from "next/headers";
import { requestFacts } from "./request.ts";

/** Read by the sign-in forms alone, and never sent along from another site. */
function cookie(name: string, secure: boolean) {
  return {
    name: secure ? `__Host-${name}` : name,
    options: { httpOnly: true, sameSite: "strict" as const, path: "/", secure },
  };
}

const names = { ticket: "bailiwick-second-factor" };
type Name = keyof typeof names;

/** What a browser keeps between the two steps of a sign-in. */
export async function signInCookie(name: Name): Promise<string | undefined> {
  const { secure } = await requestFacts();
  return (await cookies()).get(cookie(names[name], secure).name)?.value;
}

export async function setSignInCookie(
  name: Name,
  given: { token: string; expiresAt: Date } | undefined,
): Promise<void> {
  const { secure } = await requestFacts();
  const { name: full, options } = cookie(names[name], secure);
  const store = await cookies();
  if (given) store.set(full, given.token, { ...options, expires: given.expiresAt });
  else store.set(full, "", { ...options, maxAge: 0 });
}
