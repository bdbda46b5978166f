export { endSessionAddress } from "./end-session-address.ts";
export { exchangeCode, type Returned, type Told, tryExchange } from "./exchange-code.ts";
export { type Metadata, metadataOf, requestOptions } from "./metadata.ts";
export { type LoggedOut, readLogoutToken } from "./read-logout-token.ts";
export { logoutRefused, refusedThere } from "./refusals.ts";
export { vouchedBy } from "./vouched-by.ts";
