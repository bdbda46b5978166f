"use server";
import { signOutOfConsole } from "#lib/web/sign-out.ts";

export async function signOutForm(): Promise<void> {
  await signOutOfConsole();
}
