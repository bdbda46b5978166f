export { closeRunOut } from "./close-run-out.ts";
export { countHalfSignIn, countSignIn, forgetSignIns, signInsLeft } from "./count-sign-in.ts";
export { deviceWords } from "./device-words.ts";
export { endAllSessions } from "./end-all-sessions.ts";
export { endSessionsAtProvider } from "./end-at-provider.ts";
export { endOwnOtherSessions, endOwnSession } from "./end-own-sessions.ts";
export {
  type Ender,
  endOtherSessionsOf,
  endSession,
  endSessionsOf,
  endSessionsOfHolders,
  endSessionsOfIdentity,
  endSessionsOfUsers,
  endSessionsThrough,
} from "./end-sessions.ts";
export { endUserSession, endUserSessions } from "./end-user-sessions.ts";
export { listOwnSessions, type OwnSessionPage } from "./list-own-sessions.ts";
export { listSessions, type SessionPage, type UserSessionRow } from "./list-sessions.ts";
export { isLiveSession, loadActor } from "./load-actor.ts";
export { renewSession } from "./renew-session.ts";
export { cookieLifetime, sessionCookie } from "./session-cookie.ts";
export { replaced, signedOutThere } from "./session-end.ts";
export type { SessionRow } from "./session-rows.ts";
export { type CameFrom, signOut } from "./sign-out.ts";
export {
  type Factor,
  idTokenPurpose,
  type Proof,
  type StartedSession,
  startSession,
} from "./start-session.ts";
