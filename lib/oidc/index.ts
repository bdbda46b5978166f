export { exchangeCode, type Returned, type Told, tryExchange } from "./exchange-code.ts";
export { discover, type Metadata, metadataOf, requestOptions } from "./metadata.ts";
export { refusedThere } from "./refusals.ts";
export { vouchedBy } from "./vouched-by.ts";
