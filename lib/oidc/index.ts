export { exchangeCode, tryExchange } from "./exchange-code.ts";
export { metadataOf, requestOptions } from "./metadata.ts";
export { refusedThere } from "./refusals.ts";
export { vouchedBy } from "./vouched-by.ts";
