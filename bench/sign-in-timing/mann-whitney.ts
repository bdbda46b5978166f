/** How two samples differ: how likely one of `a` is the larger of a pair, and how likely chance alone does that. */
export interface Difference {
  /** 0.5: nothing tells them apart. */
  larger: number;
  p: number;
}

/** The Mann-Whitney test with its normal approximation, two-sided; it asks nothing of how the times are distributed. */
export function mannWhitney(a: readonly number[], b: readonly number[]): Difference {
  let wins = 0;
  for (const x of a) for (const y of b) wins += x > y ? 1 : x === y ? 0.5 : 0;
  const pairs = a.length * b.length;
  const deviation = Math.sqrt((pairs * (a.length + b.length + 1)) / 12);
  const z = Math.abs(wins - pairs / 2) / deviation;
  return { larger: wins / pairs, p: 2 * upperTail(z) };
}

/** Abramowitz and Stegun 26.2.17: of the normal distribution, the part above z. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const series = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const sum = series.reduce((total, factor, index) => total + factor * t ** (index + 1), 0);
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
