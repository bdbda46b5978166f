export { backchannelLogoutPath } from "./backchannel-path.ts";
export { endSessionsByProvider } from "./end-at-provider.ts";
export { findWayOut, type WayOut } from "./find-way-out.ts";
