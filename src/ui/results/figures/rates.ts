/** Bins of c / n that are wide enough to hold several of its values each: tenths, or quarters of few samples. */
const TENTHS_FROM = 20;
export const binsFor = (leastN: number): number => (leastN >= TENTHS_FROM ? 10 : 4);

/**
 * How many rates are 0, how many lie in each of `bins` equal parts of (0, 1), and how many are 1: `bins` + 2 counts. A part
 * holds its lower edge, but for 0.
 */
export function countsOfRates(rates: readonly number[], bins: number): number[] {
  const counts = new Array<number>(bins + 2).fill(0);
  for (const rate of rates) {
    // A hair more, since 0.3 · 10 is a hair less than 3.
    const bin = rate === 0 ? 0 : rate === 1 ? bins + 1 : 1 + Math.floor(rate * bins + 1e-9);
    counts[bin]!++;
  }
  return counts;
}

/** The texts of the edges of the parts. */
export const edgesOf = (bins: number): string[] => [
  '0',
  ...Array.from({ length: bins - 1 }, (_, i) => String((i + 1) / bins).replace('0.', '.')),
  '1',
];
