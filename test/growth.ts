/** Milliseconds of processor time that something takes so many times, at best of five. */
async function cost(run: () => unknown, times: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    const from = process.cpuUsage();
    for (let time = 0; time < times; time += 1) await run();
    const { user, system } = process.cpuUsage(from);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

const measurable = 20;
const mostTimes = 1 << 16;

/**
 * How often as dear something becomes with four times its input. It is done as often as it takes to measure it; what
 * even then takes no measurable time does not look at its input: 1.
 */
export async function growth<T>(
  make: (size: number) => T,
  run: (input: T) => unknown,
  size: number,
): Promise<number> {
  const [input, more] = [make(size), make(size * 4)];
  for (let times = 1; times <= mostTimes; times *= 2) {
    const first = await cost(() => run(input), times);
    if (first >= measurable) return (await cost(() => run(more), times)) / first;
  }
  return 1;
}
