import { type Measurement, rate } from '../load.ts';

export interface Ratio {
  median: number;
  lowest: number;
  highest: number;
}

/** How one rate compares with another: each round by itself, so that what disturbs a round disturbs both. */
export function ratioOf(rounds: Measurement[], others: Measurement[]): Ratio {
  const ratios = rounds.map((one, round) => rate(one) / rate(others[round] ?? one)).sort((a, b) => a - b);
  return {
    median: middle(ratios),
    lowest: ratios[0] ?? Number.NaN,
    highest: ratios.at(-1) ?? Number.NaN,
  };
}

/** The median of sorted numbers. */
function middle(sorted: number[]): number {
  const half = sorted.length / 2;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}
