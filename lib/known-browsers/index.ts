export { browsersCookie, secretsIn, withSecret } from "./cookie.ts";
export {
  forgetBrowsersOf,
  forgetBrowsersOfSessions,
  forgetOtherBrowsersOf,
} from "./forget-browsers.ts";
export { isTrusted, keepBrowser, knownBrowserOf } from "./known-browsers.ts";
