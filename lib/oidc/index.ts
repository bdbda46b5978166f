export { endSessionAddress } from "./end-session-address.ts";
export { exchangeCode, tryExchange } from "./exchange-code.ts";
export { metadataOf, requestOptions } from "./metadata.ts";
export { type LoggedOut, readLogoutToken } from "./read-logout-token.ts";
export { logoutRefused, refusedThere } from "./refusals.ts";
export { vouchedBy } from "./vouched-by.ts";
