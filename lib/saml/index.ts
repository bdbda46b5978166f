export { acceptSamlResponse } from "./accept-response.ts";
export { ownOrigin, type SamlAddresses, samlAddresses, samlPaths } from "./addresses.ts";
export { readCertificate } from "./certificate.ts";
export { samlCookie } from "./cookie.ts";
export { ownMetadata } from "./own-metadata.ts";
export { type ProviderMetadata, readMetadata } from "./read-metadata.ts";
export { type Redeemed, redeemSamlTicket } from "./redeem-ticket.ts";
export { samlWords } from "./refusals.ts";
export { startSamlSignIn } from "./start-sign-in.ts";
