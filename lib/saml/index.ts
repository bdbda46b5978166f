export { acceptSamlResponse } from "./accept-response.ts";
export { ownOrigin, type SamlAddresses, samlAddresses } from "./addresses.ts";
export { ownMetadata } from "./own-metadata.ts";
export { type ProviderMetadata, readMetadata } from "./read-metadata.ts";
export { redeemSamlTicket } from "./redeem-ticket.ts";
export { samlWords } from "./refusals.ts";
export { startSamlSignIn } from "./start-sign-in.ts";
