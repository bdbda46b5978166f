import type { RequestListener } from "node:http";
import { apiDoors } from "#server/doors.ts";
import { createListener, type ListenerOptions } from "#server/listener.ts";

/** The listener as `npm start` has it, but for what is given here: nobody is signed in, and the pages are not there. */
export const listenerWith = (options: Partial<ListenerOptions> = {}): RequestListener =>
  createListener({
    doors: apiDoors({ ready: async () => true }),
    pages: (_request, response) => void response.end("a page"),
    leadsToSetup: async () => false,
    isLiveSession: async () => false,
    trustedProxies: [],
    publicUrl: undefined,
    ...options,
  });
