export { cookieLifetime, sessionCookie } from "#lib/sessions/index.ts";
