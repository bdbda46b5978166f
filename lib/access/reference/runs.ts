import { depth } from "#test/depth.ts";

const times = depth("decisions") / 200_000;

/** How many random worlds a property tries, where `usual` is what CI tries. */
export const runs = (usual: number): number => Math.ceil(usual * times);

/** How long a property may take, in milliseconds. */
export const patience = 60_000 * Math.max(1, times);
