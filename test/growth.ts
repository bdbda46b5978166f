/** Milliseconds of processor time that something takes so many times. */
async function cost(run: () => unknown, times: number): Promise<number> {
  const from = process.cpuUsage();
  for (let time = 0; time < times; time += 1) await run();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

/** The best of five; of fewer once it is `enough`, because another round could only make it less. */
async function bestCost(run: () => unknown, times: number, enough = 0): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5 && best > enough; round += 1) best = Math.min(best, await cost(run, times));
  return best;
}

const measurable = 20;
const mostTimes = 1 << 16;

/** How often as dear four times the input may be: somewhat more than four, for what is sorted or collected on the way. */
export const linear = 6;

/**
 * How often as dear something becomes with four times its input, as far as that is more than `linear`. It is done as
 * often as it takes to measure it; what even then takes no measurable time does not look at its input: 1.
 */
export async function growth<T>(
  make: (size: number) => T,
  run: (input: T) => unknown,
  size: number,
): Promise<number> {
  const [input, more] = [make(size), make(size * 4)];
  for (let times = 1; times <= mostTimes; times *= 2) {
    if ((await cost(() => run(input), times)) < measurable) continue;
    const first = await bestCost(() => run(input), times);
    if (first >= measurable) return (await bestCost(() => run(more), times, first * linear)) / first;
  }
  return 1;
}
