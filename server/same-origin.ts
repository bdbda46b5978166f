import type { IncomingMessage } from "node:http";
import { isSameOrigin } from "#lib/kernel/origin.ts";

const harmless = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a page's own script or form may have sent this: what changes something must say that it comes from us. */
export function mayAct(request: Pick<IncomingMessage, "method" | "headers">, own: string): boolean {
  return harmless.has(request.method ?? "") || isSameOrigin(request.headers.origin, own);
}
