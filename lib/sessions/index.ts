export { endSession, endSessionsOf } from "./end-sessions.ts";
export { absoluteLimit } from "./limits.ts";
export { loadActor } from "./load-actor.ts";
export { signOut } from "./sign-out.ts";
export { type StartedSession, startSession } from "./start-session.ts";
