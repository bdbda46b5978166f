import { depth } from "./depth.ts";

/** Those that this run goes through; the first stand for both kinds: one role each, and several with conditions. */
export const catalogues = ["patchmon", "rudder", "uptrakit", "ops-atlas", "utmstack"].slice(
  0,
  depth("catalogues"),
);
