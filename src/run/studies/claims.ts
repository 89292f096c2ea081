import { mean } from '../../core/statistics.ts';
import { meanInterval } from '../../core/studentT.ts';
import {
  absences,
  measure,
  measureAt,
  measureAtStep,
  measureNamed,
  measureOfChance,
} from './measures.ts';
import type { RecordedArm, RecordedClaim, RecordedRun } from './recorded.ts';
import { isConstant, showInterval, showNumber } from './shown.ts';
import { EXTREMES, type ClaimSpec, type RunPlace } from './study.ts';

export function armNamed<Arm extends { id: string }>(arms: readonly Arm[], id: string): Arm {
  const arm = arms.find((candidate) => candidate.id === id);
  if (!arm)
    throw new RangeError(`no arm is '${id}'; the arms are ${arms.map(({ id }) => id).join(', ')}`);
  return arm;
}

/** Differences keep so many digits, so that what only rounding makes of equal ones is no spread between seeds. */
const DIGITS = 12;

const extremeOf = (id: string): ((...values: number[]) => number) | null =>
  Object.hasOwn(EXTREMES, id) ? EXTREMES[id as keyof typeof EXTREMES] : null;

const readAt = (run: RecordedRun, name: string, place?: RunPlace): number | null =>
  typeof place === 'object' ? measureAt(run, name, place) : measure(run, name, place ?? 'end');

/** What a claim compares, seed by seed; null where a run has no such number. */
export function valuesOf(spec: ClaimSpec, arms: readonly RecordedArm[]) {
  const { measure: name, at, against, from, between } = spec;
  const extreme = extremeOf(spec.arm);
  const subjects = extreme ? arms : [armNamed(arms, spec.arm)];
  const of = (read: (arm: RecordedArm) => number | null): number | null => {
    const values = subjects.map(read);
    return values.includes(null) ? null : (extreme ?? Math.max)(...(values as number[]));
  };
  const others: Record<string, (i: number) => number | null> = {
    base: (i) => of(({ runs }) => readAt(runs[i]!, name, 'base')),
    chance: () => of((arm) => measureOfChance(arm, name)),
  };
  const atStep = (step: number) => (i: number) =>
    of(({ runs }) => measureAtStep(runs[i]!, name, step));
  const thenOf = (i: number): number | null => {
    if (against === null) return 0;
    const other = Object.hasOwn(others, against) ? others[against] : undefined;
    return other ? other(i) : readAt(armNamed(arms, against).runs[i]!, name, from);
  };
  const [then, now] = between
    ? [atStep(between[0]), atStep(between[1])]
    : [thenOf, (i: number) => of(({ runs }) => readAt(runs[i]!, name, at))];
  return subjects[0]!.runs.map((_, i) => ({ now: now(i), then: then(i) }));
}

/** Which way a claim came out: up, down, not to be told apart from no difference, or null where there is no number. */
export function directionOf({
  mean,
  half,
}: Pick<RecordedClaim, 'mean' | 'half'>): 1 | -1 | 0 | null {
  if (mean === null || half === null) return null;
  return Math.abs(mean) > half ? (mean > 0 ? 1 : -1) : 0;
}

/** What the x of a finale is, by its kind. */
const FINALE_X: Readonly<Record<string, (x: number) => string>> = {
  interpolation: (x) => `${x} of the way from its base`,
  temperatures: (x) => `temperature ${x}`,
};
/** The policy that a point of a finale is of. */
const FINALE_OF: Readonly<Record<string, (label: string) => string>> = {
  base: (label) => `the base of ${label}`,
  matched: (label) => `${label} at the entropy of its base`,
};

/** An arm at a place of its runs, in words. */
function placed(arm: RecordedArm, name: string, place?: RunPlace): string {
  const label = measureNamed(name).isDrawn ? (arm.drawn ?? arm.label) : arm.label;
  if (place === undefined) return label;
  if (place === 'base') return FINALE_OF['base']!(label);
  const { x, of, topP } = place;
  const said = FINALE_X[arm.runs[0]?.finale?.kind ?? ''] ?? ((value) => `x = ${value}`);
  const details = [
    ...(x === undefined ? [] : [said(x)]),
    ...(topP === undefined || topP === 1 ? [] : [`top-p ${topP}`]),
  ];
  const who = FINALE_OF[of ?? '']?.(label) ?? label;
  return details.length === 0 ? who : `${who} (${details.join(', ')})`;
}

function subjectOf({ arm, measure, at, between }: ClaimSpec, arms: readonly RecordedArm[]): string {
  const who = extremeOf(arm)
    ? `the ${arm} of ${arms.length} arms`
    : placed(armNamed(arms, arm), measure, at);
  return between ? `${who} (step ${between[1]})` : who;
}

/** What a claim compares with, after the word 'that'; null where it is the number as it is. */
function otherOf(
  { against, between, measure, from }: ClaimSpec,
  arms: readonly RecordedArm[],
): string | null {
  if (between) return `at step ${between[0]}`;
  if (against === null) return null;
  const named: Record<string, string> = { base: 'its base', chance: 'chance' };
  return `of ${named[against] ?? placed(armNamed(arms, against), measure, from)}`;
}

/** How many runs lack the number of an arm for which reason, in brackets; '' where none is known. */
function reasonsOf({ arm, measure: name }: ClaimSpec, arms: readonly RecordedArm[]): string {
  if (extremeOf(arm)) return '';
  const lacking = armNamed(arms, arm).runs.filter((run) => measure(run, name) === null);
  const told = absences(lacking, name);
  return told === '' ? '' : ` (${told})`;
}

/**
 * What came of a claim: the mean difference over seeds, paired by seed, with its 95 % interval (Student's t), and a sentence made from
 * these numbers. Where the interval includes 0 the sentence says that the two cannot be told apart.
 * @throws RangeError for an arm that is not there.
 */
export function claimOf(spec: ClaimSpec, arms: readonly RecordedArm[]): RecordedClaim {
  const { label, digits, isDifference } = measureNamed(spec.measure);
  const values = valuesOf(spec, arms);
  const subject = `${subjectOf(spec, arms)}: ${label}`;
  const missing = values.filter(({ now, then }) => now === null || then === null).length;
  if (missing > 0)
    return {
      sentence: `${subject} does not exist with ${missing} of ${values.length} seeds${reasonsOf(spec, arms)}.`,
      mean: null,
      half: null,
    };
  const pairs = values as { now: number; then: number }[];
  const differences = pairs.map(({ now, then }) => Number((now - then).toPrecision(DIGITS)));
  const interval = meanInterval(differences);
  const direction = directionOf(interval);
  const always = isConstant(interval) ? ' with every seed' : '';
  const size = showInterval({ ...interval, mean: Math.abs(interval.mean) }, digits) + always;
  const [now, then] = [mean(pairs.map(({ now }) => now)), mean(pairs.map(({ then }) => then))].map(
    (value) => showNumber(value, digits),
  ) as [string, string];
  const sentence = (words: string) => ({ sentence: `${subject} ${words}.`, ...interval });
  const other = otherOf(spec, arms);
  if (other === null) {
    const shown = showInterval(interval, digits);
    return sentence(
      isDifference && direction === 0
        ? `cannot be told apart from 0: ${shown}, an interval that includes 0`
        : `is ${shown}`,
    );
  }
  if (differences.every((difference) => difference === 0))
    return sentence(`is that ${other} with every seed, ${now}`);
  if (direction === 0)
    return sentence(
      `cannot be told apart from that ${other}: ${now} and ${then}, a difference of ` +
        `${showInterval(interval, digits)}, an interval that includes 0`,
    );
  const up = interval.mean > 0;
  const since = spec.between ? ` since step ${spec.between[0]}` : '';
  return sentence(
    spec.against === 'base' || spec.between
      ? `${up ? 'rises' : 'falls'} by ${size}${since}, from ${then} to ${now}`
      : `is ${up ? 'higher' : 'lower'} than that ${other} by ${size}: ${now} and ${then}`,
  );
}
