import { grouped } from '../../../plots/numbers.ts';
import {
  ROUNDING,
  type Comparison,
  type Crossing,
  type ModelAnalysis,
} from '../../../results/analysis.ts';
import type { Measured } from '../../../results/results.ts';
import { LEAST_RESTS, leadAt } from '../../../results/apart.ts';
import { crossingText } from '../../../text/words.ts';
import * as TEXT from '../../../messages/resultsSentences.ts';
import { bandAt, differencesOf, holdsAll } from './curves.ts';
import { fewProblems, goesFurther, guessing, MANY_PROBLEMS, reach } from './limits.ts';
import { intervalText, ofHundred, percent, points } from './numbers.ts';

/** What a comparison, or a model by itself, shows, and what nobody should take from it. */
export interface Said {
  /** The answer in one sentence, where there is something to compare. */
  headline?: string;
  shows: readonly string[];
  showsNot: readonly string[];
}

/** Two models with what is told of each by itself. */
export interface Compared {
  comparison: Comparison;
  base: ModelAnalysis;
  trained: ModelAnalysis;
  /** Joined problems of each that count as solved for one or {@link FEW_CORRECT} correct samples. */
  few: { base: number; trained: number };
  resamples: number;
}

/** A problem with no more correct samples may as well have had none. */
const FEW_CORRECT = 2;
/** How many of these problems have one sample correct, or {@link FEW_CORRECT}. */
export const fewCorrect = ({ problems }: Measured, ids: readonly string[]): number =>
  ids.filter((id) => {
    const { c } = problems.get(id)!;
    return c > 0 && c <= FEW_CORRECT;
  }).length;
/** A crossing in fewer resamples may be chance. */
export const SURE = 0.95;

export function sentencesOf({ comparison, base, trained, few, resamples }: Compared): Said {
  const { joined, largestK, coverage } = comparison;
  const ks = largestK > 1 ? [1, largestK] : [1];
  const zeros = {
    base: coverage.trainedOnly.length + coverage.neither.length,
    trained: coverage.baseOnly.length + coverage.neither.length,
  };
  return {
    headline: headlineOf(comparison),
    shows: [
      ...ks.map((k) => aheadAt(comparison, k)),
      ...(largestK > 1 ? crossed(comparison) : []),
      apartOver(comparison),
      coverageOver(comparison, hasEqualN(base, trained)),
    ],
    showsNot: [
      ...wanted(comparison),
      ...(largestK === 1
        ? [TEXT.oneSample]
        : [
            TEXT.noneYet({
              ...reach(largestK),
              zeros: TEXT.zerosOfBoth({
                base: grouped(zeros.base),
                trained: grouped(zeros.trained),
              }),
            }),
            guessing(largestK),
            nearN(largestK, few),
          ]),
      ...(joined < MANY_PROBLEMS ? [fewProblems(joined)] : []),
      ...unequalN(comparison, base, trained),
      ...(comparison.further ? [goesFurther(comparison.further)] : []),
      ...leftAside(comparison, base.leftOut + trained.leftOut),
      TEXT.bands({ resamples: grouped(resamples) }),
      TEXT.oneRun,
    ],
  };
}

function aheadAt(comparison: Comparison, k: number): string {
  const { bands, basePassAt, trainedPassAt } = comparison;
  const [base, trained] = [basePassAt[k - 1]!, trainedPassAt[k - 1]!];
  const shares = { k: grouped(k), base: percent(base), trained: percent(trained) };
  const difference = trained - base;
  const band = bandAt(bands, k);
  return TEXT[k === 1 ? 'atOne' : 'atK']({
    ...shares,
    difference: points(difference),
    interval: intervalText(band),
    verdict: verdictAt(comparison, k, difference),
  });
}

function verdictAt(comparison: Comparison, k: number, difference: number): string {
  const leader = leadAt(comparison, k);
  if (leader) return TEXT[`${leader}Apart`];
  if (Math.abs(difference) <= ROUNDING) return TEXT.level;
  const band = bandAt(comparison.bands, k);
  const isAside = band && (band.low > ROUNDING || band.high < -ROUNDING);
  return isAside ? TEXT.tooFewDiffer({ least: LEAST_RESTS }) : TEXT.notApart;
}

function headlineOf(comparison: Comparison): string {
  const { largestK, moved } = comparison;
  if (moved.every(({ base, trained }) => base.c * trained.n === trained.c * base.n))
    return TEXT.sameCounts;
  const [one, many] = [1, largestK].map((k) => leadAt(comparison, k) ?? 'open');
  return largestK === 1
    ? TEXT.headlineOfOne[one!]
    : TEXT.headline[`${one!} ${many!}`]({ K: grouped(largestK) });
}

/** The first k from `from` on at which the trained model is ahead; null where it is not. */
function aheadFrom(differences: readonly number[], from: number): number | null {
  const found = differences.findIndex((each, i) => i + 1 >= from && each > ROUNDING);
  return found === -1 ? null : found + 1;
}

function crossed(comparison: Comparison): string[] {
  const { crossing, largestK } = comparison;
  const differences = differencesOf(comparison);
  const K = grouped(largestK);
  const share = ofHundred(crossing.share);
  if (crossing.k === null) {
    const isSame = differences.every((each) => Math.abs(each) <= ROUNDING);
    if (isSame) return [TEXT.same({ K })];
    return [TEXT.staysAhead({ K, share })];
  }
  const again = aheadFrom(differences, Math.ceil(crossing.k));
  if (crossing.k <= 1) {
    if (again !== null) return [TEXT.catchesUp({ again: grouped(again) })];
    return [TEXT.staysBehind({ K })];
  }
  return [
    (crossing.share < SURE ? TEXT.crossesPerhaps : TEXT.crosses)({
      ...{ k: between(crossing.k), where: where(crossing, K), share },
    }),
    ...(again === null ? [] : [TEXT.crossesAgain({ again: grouped(again) })]),
  ];
}

/** Between which whole k, since no model was asked for 14.4 samples. */
const between = (k: number): string => {
  const [from, to] = [Math.floor(k), Math.ceil(k)].map(grouped);
  return from === to ? TEXT.atWhole({ k: from! }) : TEXT.between({ from: from!, to: to! });
};

function where({ low, high }: Crossing, K: string): string {
  if (!Number.isFinite(low)) return TEXT.noWhere({ K });
  if (low <= 1)
    return Number.isFinite(high)
      ? TEXT.whereBehind({ high: crossingText(high) })
      : TEXT.whereBehindOpen({ K });
  if (!Number.isFinite(high)) return TEXT.whereOpen({ low: crossingText(low), K });
  return TEXT.where({ low: crossingText(low), high: crossingText(high) });
}

function apartOver({ apart, largestK }: Comparison): string {
  if (apart.length === 0) return TEXT.nowhereApart({ K: grouped(largestK) });
  const ranges = apart.map(({ from, to, leads }) =>
    (from === to ? TEXT[`${leads}AheadAt`] : TEXT[`${leads}Ahead`])({
      from: grouped(from),
      to: grouped(to),
    }),
  );
  return TEXT.apartOver({ ranges: ranges.join('; ') });
}

function coverageOver({ coverage, joined }: Comparison, hasEqualN: boolean): string {
  const [both, baseOnly, trainedOnly, neither] = [
    coverage.both.length,
    coverage.baseOnly.length,
    coverage.trainedOnly.length,
    coverage.neither.length,
  ];
  const verdict = !hasEqualN
    ? TEXT.unequalTries
    : baseOnly + trainedOnly === 0
      ? TEXT.sameCovered
      : baseOnly > trainedOnly
        ? TEXT.lostMore
        : baseOnly < trainedOnly
          ? TEXT.gainedMore
          : TEXT.asManyLost;
  return TEXT.coverage({
    ...{ joined, both: grouped(both), neither: grouped(neither) },
    ...{ baseOnly: grouped(baseOnly), trainedOnly: grouped(trainedOnly), verdict },
  });
}

/** What would settle who is ahead at the largest k, where that is open. */
function wanted({ wanted: { k, difference, isSettled, samples, problems } }: Comparison): string[] {
  if (isSettled) return [];
  const at = { k: grouped(k), difference: points(difference) };
  if (problems === null) return [TEXT.wantsNothing(at)];
  if (samples === null) return [TEXT.wantsProblems({ ...at, problems: grouped(problems) })];
  return [TEXT.wantsBoth({ ...at, samples: grouped(samples), problems: grouped(problems) })];
}

const nearN = (k: number, few: Compared['few']): string =>
  few.base + few.trained === 0
    ? TEXT.beyondN({ k: grouped(k) })
    : TEXT.nearN({ k: grouped(k), few: FEW_CORRECT, ...few });

/** Whether every problem of both has the same number of samples. */
const hasEqualN = (base: ModelAnalysis, trained: ModelAnalysis): boolean =>
  new Set([base, trained].flatMap(({ leastN, mostN }) => [leastN, mostN])).size === 1;

function unequalN({ largestK }: Comparison, base: ModelAnalysis, trained: ModelAnalysis) {
  const range = ({ leastN, mostN }: ModelAnalysis): string =>
    leastN === mostN ? grouped(leastN) : TEXT.range({ from: grouped(leastN), to: grouped(mostN) });
  if (hasEqualN(base, trained)) return [];
  return [TEXT.unequalN({ base: range(base), trained: range(trained), K: grouped(largestK) })];
}

/** Fewer than so many of the problems of either may be others that are called the same. */
const MOST_SHARED = 0.9;
/** What comes before all else where the two are hardly of the same problems. */
export const sharesFew = ({ joined, onlyBase, onlyTrained }: Comparison): string[] => {
  const [base, trained] = [joined + onlyBase.length, joined + onlyTrained.length];
  return joined < MOST_SHARED * Math.max(base, trained)
    ? [TEXT.sharesFew({ joined, base: grouped(base), trained: grouped(trained) })]
    : [];
};

function leftAside(comparison: Comparison, leftOut: number): string[] {
  const { onlyBase, onlyTrained, joined } = comparison;
  return [
    ...(holdsAll(comparison)
      ? []
      : [
          TEXT.onlyOne({
            base: grouped(onlyBase.length),
            trained: grouped(onlyTrained.length),
            joined: grouped(joined),
          }),
        ]),
    ...(leftOut > 0 ? [TEXT.leftOut({ count: leftOut })] : []),
  ];
}
