export { exchangeCode } from "./exchange-code.ts";
export { metadataOf } from "./metadata.ts";
export { refusedThere } from "./refusals.ts";
export { vouchedBy } from "./vouched-by.ts";
