export { browsersCookie, secretsIn, withSecret } from "./cookie.ts";
export {
  forgetBrowsersOf,
  forgetBrowsersOfSessions,
  forgetOtherBrowsersOf,
} from "./forget-browsers.ts";
export { anyKnownBrowser, isTrusted, keepBrowser, knownBrowserOf } from "./known-browsers.ts";
