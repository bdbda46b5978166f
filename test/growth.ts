/** Of this thread alone where Node can tell: others collect garbage meanwhile, more at one time than at another. */
const used = (from?: NodeJS.CpuUsage): NodeJS.CpuUsage =>
  process.threadCpuUsage ? process.threadCpuUsage(from) : process.cpuUsage(from);

/** Milliseconds of processor time that something takes so many times. */
async function cost(run: () => unknown, times: number): Promise<number> {
  const from = used();
  for (let time = 0; time < times; time += 1) await run();
  const { user, system } = used(from);
  return (user + system) / 1000;
}

/** The best of five; of fewer once it is `enough`, because another round could only make it less. */
async function bestCost(run: () => unknown, times: number, enough = 0): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5 && best > enough; round += 1) best = Math.min(best, await cost(run, times));
  return best;
}

/** How often as dear the second is, by the best of seven looks at each: what others do can only make one dearer. */
async function ratio(run: () => unknown, more: () => unknown, times: number): Promise<number> {
  const best = { first: Number.POSITIVE_INFINITY, second: Number.POSITIVE_INFINITY };
  for (let look = 0; look < 7; look += 1) {
    best.first = Math.min(best.first, await cost(run, times));
    best.second = Math.min(best.second, await cost(more, times));
  }
  return best.second / best.first;
}

const measurable = 20;
const mostTimes = 1 << 16;

/** How often as dear four times the input may be: somewhat more than four, for what is sorted or collected on the way. */
export const linear = 6;

/**
 * How often as dear something becomes with four times its input, as far as that is more than `linear`. It is done as
 * often as it takes to measure it; what even then takes no measurable time does not look at its input: 1. What seems too
 * dear is looked at again, in turns with the first: a machine that is busy is slower at one time than at another.
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
    if (first < measurable) continue;
    const seems = (await bestCost(() => run(more), times, first * linear)) / first;
    return seems <= linear
      ? seems
      : ratio(
          () => run(input),
          () => run(more),
          times,
        );
  }
  return 1;
}
