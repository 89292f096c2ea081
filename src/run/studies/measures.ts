import { crossingK, leaderAtOne, meanPassAtK } from '../../core/passAtK.ts';
import { mean } from '../../core/statistics.ts';
import { klFromOptimum } from '../../evaluation/klOptimum.ts';
import { isSolvable, SOLVABLE_K, solvableSets } from '../../evaluation/solvable.ts';
import { choicesOf } from '../../rl/algorithms.ts';
import { FORGETTING } from './forgetting.ts';
import { less, ofScalars, scalar, type Measure, type Moment } from './measure.ts';
import { OBJECTIVES } from './objectives.ts';
import { PASS_AT_K } from './passAtMeasures.ts';
import type { FinalePlace } from './study.ts';
import type { BeforeAndAfter, RecordedArm, RecordedRun } from './recorded.ts';

/** 1/β of the target π_base · e^(β r) / Z that the row of FlowRL has. */
const FLOW_COEFFICIENT = choicesOf('flowrl').klCoefficient;

/** Curves that do not cross up to here count as not crossing. */
const LARGEST_K = 1e6;

/** What curves that do not cross are like: with the trained policy ahead throughout, or not even at k = 1. */
const LEADS = {
  now: 'the trained policy leads',
  base: 'the base leads',
  neither: 'both are alike',
} as const;

/** What a study can compare and draw. A measure that is not here is the scalar of the rows with that path. */
export const MEASURES: Readonly<Record<string, Measure>> = {
  ...PASS_AT_K,
  ...OBJECTIVES,
  ...FORGETTING,
  entropy: scalar('entropy (nats a token)', 3, 'entropy'),
  reward: scalar('reward', 3, 'reward'),
  KL: scalar('KL from the base (nats an answer)', 2, 'heldOut.kl'),
  // Its pass rates are exact; the KL from the base, and so the distance, is estimated from sampled answers.
  'KL from target': {
    label: 'KL from the target of FlowRL (nats an answer)',
    digits: 2,
    of({ p, scalar }, base) {
      const kl = scalar('heldOut.kl');
      return kl === null ? null : klFromOptimum(kl, mean(p), base.p, 1 / FLOW_COEFFICIENT);
    },
  },
  crossing: {
    label: 'crossing k',
    digits: 1,
    of: ({ p }, base) => crossingK(base.p, p, LARGEST_K),
    absent: ({ p }, base) => LEADS[leaderAtOne(base.p, p) ?? 'neither'],
  },
  'RL only': {
    label: `problems solvable only after training (k = ${SOLVABLE_K})`,
    digits: 1,
    path: 'solvable.rlOnly',
    of: ({ p }, base) => solvableSets([...base.p], [...p]).rlOnly,
  },
  'base only': {
    label: `problems solvable only before training (k = ${SOLVABLE_K})`,
    digits: 1,
    path: 'solvable.baseOnly',
    of: ({ p }, base) => solvableSets([...base.p], [...p]).baseOnly,
  },
  'beyond solvable': {
    label: `solvable problems beyond the prior (k = ${SOLVABLE_K})`,
    digits: 1,
    of: ({ beyondP }) => beyondP?.filter(isSolvable).length ?? null,
  },
  Δ_SE: {
    label: 'Δ_SE (the base’s pass@256 less pass@1)',
    digits: 3,
    of: ({ p }, base) => meanPassAtK(base.p, 256) - meanPassAtK(p, 1),
  },
  'zero-signal share': {
    label: 'share of groups without signal',
    digits: 3,
    path: 'frac_reward_zero_std',
    of: (now) => now.meanOf('frac_reward_zero_std'),
  },
  'clipped share': {
    label: 'share of tokens that are clipped',
    digits: 3,
    path: 'clip_ratio',
    of: (now) => now.meanOf('clip_ratio'),
  },
  // Exact, and of the policy itself where another one draws the rollouts.
  'answer entropy': scalar('entropy of whole answers (nats)', 2, 'answers.entropy'),
  // Where the program pays, what is paid is what is right.
  accuracy: ofScalars(
    'share of training answers that are right',
    3,
    (read) => read('accuracy') ?? read('reward'),
  ),
  'proxy less truth': {
    ...ofScalars('reward less the share that is right', 3, (read) =>
      less(read('reward'), read('accuracy') ?? read('reward')),
    ),
    isDifference: true,
  },
  acceptance: {
    label: 'share of the chains’ moves that are accepted',
    digits: 3,
    path: 'acceptance',
    of: (now) => now.meanOf('acceptance'),
    isDrawn: true,
  },
  tokens: {
    label: 'number of tokens drawn in a run',
    digits: 0,
    of(now) {
      const [steps, mean] = [now.scalar('step'), now.meanOf('num_tokens')];
      return steps === 0 ? 0 : steps === null || mean === null ? null : steps * mean;
    },
    isDrawn: true,
  },
  false_positives: scalar('share of paid answers that are wrong', 3, 'false_positives'),
  wrong_steps: scalar('share of paid answers with a wrong step', 3, 'wrong_steps'),
  wrong_credit: scalar('share of credit that falls on wrong steps', 3, 'wrong_credit'),
};

/** Digits of a scalar that no table names. */
const SCALAR_DIGITS = 3;

/** The measure of that name: one of {@link MEASURES}, or the scalar of the rows with that path. */
export function measureNamed(name: string): Measure {
  return Object.hasOwn(MEASURES, name) ? MEASURES[name]! : scalar(name, SCALAR_DIGITS, name);
}

function momentOf(run: RecordedRun, when: 'base' | 'end'): Moment {
  const pick = ({ baseP, p, baseSoundP, soundP }: BeforeAndAfter) =>
    when === 'base' ? { p: baseP, soundP: baseSoundP } : { p, soundP };
  const beyond = run.beyond && pick(run.beyond);
  const read = (path: string): number | null =>
    run.series[path]?.at(when === 'base' ? 0 : -1) ?? null;
  return {
    ...pick(run),
    beyondP: beyond && (beyond.soundP ?? beyond.p),
    needing: run.needing,
    sizes: run.sizes,
    scalar: read,
    column: (path) => (when === 'base' ? [read(path)] : (run.series[path] ?? [])),
    meanOf: when === 'base' ? read : (path) => run.means[path] ?? null,
  };
}

/** A measure at the end of a run, or of the base that it began with. Null where there is no such number. */
export function measure(
  run: RecordedRun,
  name: string,
  when: 'base' | 'end' = 'end',
): number | null {
  return measureNamed(name).of(momentOf(run, when), momentOf(run, 'base'));
}

/** Why a run has no such number at its end; null where it cannot be told. */
function whyAbsent(run: RecordedRun, name: string): string | null {
  return measureNamed(name).absent?.(momentOf(run, 'end'), momentOf(run, 'base')) ?? null;
}

/** Why runs that lack a number do, the commonest reason first, each with how many have it; '' where none is known. */
export function absences(lacking: readonly RecordedRun[], name: string): string {
  const counts = new Map<string, number>();
  for (const run of lacking) {
    const why = whyAbsent(run, name);
    if (why !== null) counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  // One reason for all needs no number.
  if (sorted.length === 1 && sorted[0]![1] === lacking.length) return sorted[0]![0];
  return sorted.map(([why, count]) => `${why} with ${count}`).join(', ');
}

/** A measure of uniformly random tokens on the problems of an arm; null for all but what exact p decides. */
export function measureOfChance({ chanceP: p, runs }: RecordedArm, name: string): number | null {
  const none = () => null;
  const { needing, sizes } = runs[0]!;
  const chance: Moment = {
    ...{ p, soundP: undefined, beyondP: undefined, needing, sizes },
    ...{ scalar: none, column: () => [], meanOf: none },
  };
  return measureNamed(name).of(chance, chance);
}

/** A measure at every evaluation of a run; empty for one that is not in the rows. */
export function measureOverSteps(
  run: RecordedRun,
  name: string,
): { step: number; value: number }[] {
  const { path, ofRow } = measureNamed(name);
  const read = ofRow ?? ((scalar) => (path === undefined ? null : scalar(path)));
  return run.series['step']!.flatMap((step, i) => {
    const value = read((of) => run.series[of]?.[i] ?? null);
    return value === null ? [] : [{ step: step!, value }];
  });
}

/** A measure at one step of a run; null unless it was evaluated there. */
export const measureAtStep = (run: RecordedRun, name: string, at: number): number | null =>
  measureOverSteps(run, name).find(({ step }) => step === at)?.value ?? null;

/** A measure at every point of a run's finale, in its order. */
export function measureOverFinale(
  run: RecordedRun,
  name: string,
): { x: number; of?: string; topP?: number; value: number }[] {
  // A point is no row: what is held out there stands at its top.
  const path = measureNamed(name).path?.replace(/^heldOut\./, '');
  return (run.finale?.points ?? []).flatMap(({ x, of, numbers }) => {
    const value = path === undefined ? undefined : numbers[path];
    const { topP } = numbers;
    const named = { ...(of === undefined ? {} : { of }), ...(topP === undefined ? {} : { topP }) };
    return value === undefined ? [] : [{ x, ...named, value }];
  });
}

/** Points are on a grid of hundredths at the finest. */
const SAME_X = 1e-6;

/** A measure at one point of a run's finale; null unless exactly one point is meant. */
export function measureAt(run: RecordedRun, name: string, place: FinalePlace): number | null {
  const meant = measureOverFinale(run, name).filter(
    ({ x, of, topP }) =>
      (place.x === undefined || Math.abs(x - place.x) < SAME_X) &&
      (place.of === undefined || of === place.of) &&
      (place.topP === undefined || topP === place.topP),
  );
  return meant.length === 1 ? meant[0]!.value : null;
}
