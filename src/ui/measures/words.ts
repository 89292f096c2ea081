import { coverAt } from '../../evaluation/cover.ts';
import type { EntropyLaw } from '../../evaluation/entropyLaw.ts';
import type { Bin } from '../../evaluation/histogram.ts';
import { SUPPORT_K, SUPPORT_THRESHOLD } from '../../evaluation/support.ts';
import { grouped } from '../../plots/numbers.ts';
import { entropyOf, shareOf } from '../shares.ts';
import * as LAW_TEXT from '../../messages/entropyLaw.ts';
import * as TEXT from '../../messages/measures.ts';

/** The exact success probabilities of the held-out problems; now is null before training. */
export interface BeforeAndNow {
  base: readonly number[];
  now: readonly number[] | null;
}

/** A number with a proper minus sign and three decimals, such as `−0.049`; a dash for none. */
export function signed(value: number | null): string {
  return value === null ? '–' : value.toFixed(3).replace('-', '−');
}

/** What is found, as both sentences about it have it. */
const FOUND = { samples: grouped(SUPPORT_K), epsilon: SUPPORT_THRESHOLD.toPrecision(2) };

export function histogramCaption(base: readonly Bin[], now: readonly Bin[] | null): string {
  const [zero, sure] = [base[0]!.count, base.at(-1)!.count];
  const meaning = TEXT.zero(FOUND);
  if (!now) return TEXT.zeroBase({ meaning, base: zero });
  return TEXT.zeroNow({
    meaning,
    now: now[0]!.count,
    base: zero,
    from: base.at(-1)!.from.toPrecision(2),
    sureNow: now.at(-1)!.count,
    sureBase: sure,
  });
}

/** The thresholds at which the curves are put into words: what is solved now and then, and what mostly. */
const TOLD_TAUS = [0.001, 0.5] as const;

export function coverCaption({ base, now }: BeforeAndNow): string {
  if (!now) return TEXT.cover;
  const [rare, half] = TOLD_TAUS.map((tau) => ({
    tau,
    now: shareOf(coverAt(now, tau)),
    base: shareOf(coverAt(base, tau)),
  }));
  return TEXT.coverAt({ meaning: TEXT.cover, ...rare!, more: TEXT.coverMore(half!) });
}

/** What counts as found, in a sentence. */
export const FOUND_SENTENCE = TEXT.found(FOUND);

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
      ? LAW_TEXT.unvaried
      : LAW_TEXT.explained({ share: shareOf(law.rSquared) });
  const direction = (law.a > 0 ? LAW_TEXT.higher : LAW_TEXT.noHigher)({ explained });
  const ceiling = { ceiling: signed(law.ceiling), lowest: entropyOf(lowestEntropy) };
  return `${direction} ${LAW_TEXT.ceiling(ceiling)}`;
}
