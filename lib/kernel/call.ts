import type { Actor } from "./actor.ts";

/** Through which door a request came. */
export type Door = "page" | "action" | "api" | "cli" | "system";

/** One request as every operation sees it. A door fills it in; none of it comes from the request's own words. */
export interface Call {
  actor: Actor;
  door: Door;
  /** The instant of the request: one per request, so that every decision in it agrees. */
  at: Date;
  address?: string | undefined;
  agent?: string | undefined;
  requestId?: string | undefined;
  /** Our own origin as the asking browser sees it; passkeys are bound to it. */
  origin?: string | undefined;
  /** Secrets of its cookie by which an account may know this browser. Nobody is signed in by them. */
  browsers?: readonly string[] | undefined;
}

export function systemCall(name: string, at: Date = new Date()): Call {
  return { actor: { kind: "system", name }, door: "system", at };
}
