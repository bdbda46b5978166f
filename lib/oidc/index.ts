export { exchangeCode, type Returned, type Told } from "./exchange-code.ts";
export { discover, type Metadata, metadataOf } from "./metadata.ts";
export { refusedThere } from "./refusals.ts";
export { vouchedBy } from "./vouched-by.ts";
