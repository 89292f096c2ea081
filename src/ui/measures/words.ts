import { coverAt } from '../../evaluation/cover.ts';
import type { EntropyLaw } from '../../evaluation/entropyLaw.ts';
import type { Bin } from '../../evaluation/histogram.ts';
import { SUPPORT_K, SUPPORT_THRESHOLD } from '../../evaluation/support.ts';
import { percentOf } from '../shares.ts';

/** The exact success probabilities of the held-out problems; now is null before training. */
export interface BeforeAndNow {
  base: readonly number[];
  now: readonly number[] | null;
}

/** A number with a proper minus sign and three decimals, such as `−0.049`; a dash for none. */
export function signed(value: number | null): string {
  return value === null ? '–' : value.toFixed(3).replace('-', '−');
}

/** A success probability with two digits, in powers of ten where it is small: `0.23`, `4.1e-6`. */
export function probabilityOf(p: number): string {
  if (p >= 0.001 || p === 0) return String(Number(p.toPrecision(2)));
  return p.toExponential(1).replace('-', '−');
}

const found = `${SUPPORT_K.toLocaleString('en')} samples`;
const epsilon = SUPPORT_THRESHOLD.toPrecision(2);

export function histogramCaption(base: readonly Bin[], now: readonly Bin[] | null): string {
  const [zero, sure] = [base[0]!.count, base.at(-1)!.count];
  const meaning = `Zero is a p below ${epsilon}, which ${found} miss at least 1 time in 20.`;
  if (!now) return `${meaning} Problems there: ${zero} of the base.`;
  return (
    `${meaning} Problems there: ${now[0]!.count} now, ${zero} of the base; ` +
    `at ${base.at(-1)!.from.toPrecision(2)} or more: ${now.at(-1)!.count} now, ${sure} of the base.`
  );
}

/** The thresholds at which the curves are put into words: what is solved now and then, and what mostly. */
const TOLD_TAUS = [0.001, 0.5];

export function coverCaption({ base, now }: BeforeAndNow): string {
  const meaning = 'The share of problems that one sample solves with probability τ or more.';
  if (!now) return meaning;
  const told = TOLD_TAUS.map(
    (tau) =>
      `at τ = ${tau} now has ${percentOf(coverAt(now, tau))}, the base ${percentOf(coverAt(base, tau))}`,
  );
  return `${meaning} ${told.join('; ').replace(/^a/, 'A')}.`;
}

/** What counts as found, in a sentence. */
export const FOUND = `Found is a problem with p of at least ${epsilon}, of which ${found} miss 1 in 20.`;

/** Rows before which nothing is said of a fit: a few steps of a run lie on many curves. */
export const LEAST_ROWS = 10;

/** A fit as its equation, such as `R = −0.31 e^H + 0.72`. */
export function lawEquation({ a, b }: EntropyLaw): string {
  const sign = (value: number): string => (value < 0 ? '−' : '+');
  const number = (value: number): string => Math.abs(value).toFixed(3);
  const first = `${a > 0 ? '−' : ''}${number(a)}`;
  return `R = ${first} e^H ${sign(b)} ${number(b)}`;
}

/** What a fit says and how far to trust it, from its numbers alone. */
export function lawSentence(law: EntropyLaw, lowestEntropy: number): string {
  const explained =
    law.rSquared === null
      ? 'the reward has not varied, so there is nothing to explain'
      : `the curve explains ${percentOf(law.rSquared)} of the variance of the reward`;
  const direction =
    law.a > 0
      ? 'Reward was higher where entropy was lower'
      : 'Reward was no higher where entropy was lower';
  return (
    `${direction}; ${explained}. At H = 0 it has R = ${signed(law.ceiling)}, ` +
    `an extrapolation from H = ${lowestEntropy.toFixed(2)}, the lowest so far.`
  );
}
