export { closedAddressIn } from "./closed-address.ts";
export { largestAnswer, limitedFetch } from "./limited-fetch.ts";
export { whyClosed } from "./why-closed.ts";
