import { signInThrough } from "./sign-in-dance.ts";

/** With a second factor enrolled the right password only leads to the page that asks for it. */
export function signInWithPassword(
  identifier: unknown,
  password: unknown,
): Promise<"session" | "second_factor"> {
  return signInThrough("credentials", { identifier, password });
}
