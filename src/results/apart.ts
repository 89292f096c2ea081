import { ROUNDING, type Apart, type Band, type Comparison } from './analysis.ts';
import { failureTables } from './bootstrap.ts';
import type { Classes } from './classes.ts';

/**
 * On so many problems a difference has to rest to be told apart from 0. Were both models equal, each problem that differs would
 * be as likely to be gained as lost: that m of them all go one way has a probability of 2 · 2⁻ᵐ, 6.25 % for 5 and 3.1 % for 6.
 * No exact test at the 5 % level can tell fewer apart, whatever resamples say, which of 3 gained and none lost never have a loss.
 *
 * Source: McNemar 1947, "Note on the sampling error of the difference between correlated proportions or percentages",
 * Psychometrika 12(2), in its exact form, the sign test.
 */
export const LEAST_RESTS = 6;

/**
 * On how many problems the difference at each of `ks` rests: (Σ |d|)² / Σ d² over the differences d of their estimates, at most the
 * number of those that differ, and that number where all differ by as much. So 3 gained problems beside 100 that
 * differ by a thousandth are 3 and a little, and not 103. 0 where none differs.
 *
 * Source: Kish 1965, "Survey Sampling": the effective number of what is weighted by |d|.
 * @param base and `trained`: of the same problems in one order
 */
export function restsOf(base: Classes, trained: Classes, ks: readonly number[]): number[] {
  const [before, after] = [base, trained].map((classes) => failureTables(classes, ks));
  return ks.map((_, column) => {
    const [ofBase, ofTrained] = [before![column]!, after![column]!];
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < base.of.length; i++) {
      const d = (ofBase[base.of[i]!] ?? 0) - (ofTrained[trained.of[i]!] ?? 0);
      if (Math.abs(d) <= ROUNDING) continue;
      sum += Math.abs(d);
      squares += d * d;
    }
    return squares === 0 ? 0 : (sum * sum) / squares;
  });
}

/** Who leads at a k, told apart from 0: the band of the difference is on one side of it, and rests on enough problems. */
export const leadOf = ({ low, high }: Band, rests: number): Apart['leads'] | null =>
  // What is 6 but for rounding is 6.
  rests < LEAST_RESTS - 1e-9 ? null : low > ROUNDING ? 'trained' : high < -ROUNDING ? 'base' : null;

/** The same, at a k that has a band; null where it has none. */
export function leadAt({ bands, rests }: Comparison, k: number): Apart['leads'] | null {
  const place = bands.findIndex((band) => band.k === k);
  return place < 0 ? null : leadOf(bands[place]!, rests[place]!);
}

/** The runs of neighbouring k at which the difference is told apart from 0. */
export function apartOf(bands: readonly Band[], rests: readonly number[]): Apart[] {
  const runs: Apart[] = [];
  let isOn = false;
  bands.forEach((band, i) => {
    const leads = leadOf(band, rests[i]!);
    const last = runs.at(-1);
    if (isOn && leads === last?.leads) last.to = band.k;
    else if (leads) runs.push({ from: band.k, to: band.k, leads });
    isOn = leads !== null;
  });
  return runs;
}
