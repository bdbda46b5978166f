/** CPU milliseconds of the quickest of five, so that what else the machine does counts for little. */
function cpuOf(work: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

/**
 * How much dearer four times the input is; 4 where the work is linear. It is repeated until it takes 20 ms.
 * @param make work on an input of a size; what it prepares is not counted
 */
export function growthOf(make: (size: number) => () => unknown, size: number): number {
  const [once, four] = [make(size), make(4 * size)];
  for (let turns = 1; ; turns *= 2) {
    const repeated = (work: () => unknown) => () => {
      for (let turn = 0; turn < turns; turn += 1) work();
    };
    const small = cpuOf(repeated(once));
    if (small >= 20) return cpuOf(repeated(four)) / small;
  }
}
