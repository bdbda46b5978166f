export { browserCaller, readBrowsers } from "./browser-caller.ts";
export { browsersCookie, secretsIn, withSecret } from "./cookie.ts";
export {
  forgetBrowsersOf,
  forgetBrowsersOfSessions,
  forgetOtherBrowsersOf,
} from "./forget-browsers.ts";
export {
  anyKnownBrowser,
  isTrusted,
  keepBrowser,
  knownBrowserNamed,
  knownBrowserOf,
} from "./known-browsers.ts";
