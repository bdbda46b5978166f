const times = Number(process.env.FC_RUNS ?? 1);

/** How many random worlds a property tries; FC_RUNS multiplies it for a longer search. */
export const runs = (usual: number): number => Math.ceil(usual * times);

/** How long a property may take, in milliseconds. */
export const patience = 60_000 * Math.max(1, times);
