import { cookies } from "next/headers";
import { journeyLasts, type Keeper, keptCookie } from "./provider-dance.ts";
import { requestFacts } from "./request.ts";

/** The browser of this request. */
export async function browserKeeper(): Promise<Keeper> {
  const { origin, secure } = await requestFacts();
  const store = await cookies();
  return {
    origin,
    secure,
    cookie: (name) => store.get(name)?.value,
    keep: (name, value) => void store.set(name, value, { ...keptCookie(secure), maxAge: journeyLasts }),
    forget: (name) => void store.set(name, "", { ...keptCookie(secure), maxAge: 0 }),
  };
}
