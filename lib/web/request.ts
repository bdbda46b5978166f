import { headers } from "next/headers";
import { AppError } from "#lib/kernel/errors.ts";
import { isSameOrigin } from "#lib/kernel/origin.ts";

/** What the listener in front of Next found out about a request; none of it can be sent from outside. */
export interface RequestFacts {
  address: string | undefined;
  agent: string | undefined;
  requestId: string | undefined;
  /** Our own origin as the browser sees it. */
  origin: string;
  /** Path and query of the page: where somebody comes back to after signing in. */
  path: string;
  secure: boolean;
}

export async function requestFacts(): Promise<RequestFacts> {
  const list = await headers();
  return {
    address: list.get("x-bailiwick-address") ?? undefined,
    agent: list.get("user-agent") ?? undefined,
    requestId: list.get("x-bailiwick-request-id") ?? undefined,
    origin: list.get("x-bailiwick-origin") ?? "",
    path: list.get("x-bailiwick-path") ?? "/",
    secure: list.get("x-bailiwick-proto") === "https",
  };
}

/** Next lets an action without an Origin through; here a missing one counts as foreign. */
export async function requireOwnOrigin(): Promise<void> {
  const { origin } = await requestFacts();
  const sent = (await headers()).get("origin");
  if (origin !== "" && isSameOrigin(sent, origin)) return;
  throw new AppError("forbidden", "foreign_origin", "This request did not come from the console itself.");
}
