import { mean } from '../../core/statistics.ts';
import { meanInterval } from '../../core/studentT.ts';
import { measure, measureAt, measureAtStep, measureNamed } from './measures.ts';
import type { RecordedArm, RecordedClaim } from './recorded.ts';
import { showInterval, showNumber } from './shown.ts';
import type { ClaimSpec, FinalePlace, PaperSpec } from './study.ts';

export function armNamed<Arm extends { id: string }>(arms: readonly Arm[], id: string): Arm {
  const arm = arms.find((candidate) => candidate.id === id);
  if (!arm)
    throw new RangeError(`no arm is '${id}'; the arms are ${arms.map(({ id }) => id).join(', ')}`);
  return arm;
}

/** Differences keep so many digits, so that what only rounding makes of equal ones is no spread between seeds. */
const DIGITS = 12;

/** What a claim compares, seed by seed; null where a run has no such number. */
function valuesOf(spec: ClaimSpec, arms: readonly RecordedArm[]) {
  const { measure: name, at, against, between } = spec;
  const { runs } = armNamed(arms, spec.arm);
  if (between) {
    const [then, now] = between.map((step) => runs.map((run) => measureAtStep(run, name, step)));
    return runs.map((_, i) => ({ now: now![i]!, then: then![i]! }));
  }
  const other = against === null || against === 'base' ? null : armNamed(arms, against);
  return runs.map((run, i) => ({
    now: at ? measureAt(run, name, at) : measure(run, name),
    then: against === null ? 0 : other ? measure(other.runs[i]!, name) : measure(run, name, 'base'),
  }));
}

/** Which way a claim came out: up, down, not to be told apart from no difference, or null where there is no number. */
export function directionOf({
  mean,
  half,
}: Pick<RecordedClaim, 'mean' | 'half'>): 1 | -1 | 0 | null {
  if (mean === null || half === null) return null;
  return Math.abs(mean) > half ? (mean > 0 ? 1 : -1) : 0;
}

const placeWords = ({ x, of }: FinalePlace): string =>
  [...(of === undefined ? [] : [of]), ...(x === undefined ? [] : [`x = ${x}`])].join(', ');

/** What a claim compares with, after the word 'that'; null where it is the number as it is. */
function otherWords({ against, between }: ClaimSpec, arms: readonly RecordedArm[]): string | null {
  if (between) return `at step ${between[0]}`;
  if (against === null) return null;
  return `of ${against === 'base' ? 'its base' : armNamed(arms, against).label}`;
}

/**
 * What came of a claim: the mean difference over seeds, paired by seed, with its 95 % interval (Student's t), and a sentence made from
 * these numbers. Where the interval includes 0 the sentence says that the two cannot be told apart.
 * @throws RangeError for an arm that is not there.
 */
export function claimOf(spec: ClaimSpec, arms: readonly RecordedArm[]): RecordedClaim {
  const { label, digits } = measureNamed(spec.measure);
  const arm = armNamed(arms, spec.arm);
  const values = valuesOf(spec, arms);
  const place = spec.between ? `step ${spec.between[1]}` : spec.at && placeWords(spec.at);
  const subject = `${arm.label}${place ? ` (${place})` : ''}: ${label}`;
  const missing = values.filter(({ now, then }) => now === null || then === null).length;
  if (missing > 0)
    return {
      sentence: `${subject} does not exist with ${missing} of ${values.length} seeds.`,
      mean: null,
      half: null,
    };
  const pairs = values as { now: number; then: number }[];
  const differences = pairs.map(({ now, then }) => Number((now - then).toPrecision(DIGITS)));
  const interval = meanInterval(differences);
  const size = showInterval({ ...interval, mean: Math.abs(interval.mean) }, digits);
  const [now, then] = [mean(pairs.map(({ now }) => now)), mean(pairs.map(({ then }) => then))].map(
    (value) => showNumber(value, digits),
  ) as [string, string];
  const sentence = (words: string) => ({ sentence: `${subject} ${words}.`, ...interval });
  const other = otherWords(spec, arms);
  if (other === null) return sentence(`is ${showInterval(interval, digits)}`);
  if (differences.every((difference) => difference === 0))
    return sentence(`is that ${other} with every seed, ${now}`);
  const direction = directionOf(interval);
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

/** What a paper reports beside what the toy shows. */
export interface Verdict {
  paper: PaperSpec;
  claim: RecordedClaim;
  /** Of the toy, see {@link directionOf}. */
  sign: 1 | -1 | 0 | null;
  /** Whether the signs are the same. */
  agrees: boolean;
}

export function verdictOf(paper: PaperSpec, arms: readonly RecordedArm[]): Verdict {
  const claim = claimOf(paper, arms);
  const sign = directionOf(claim);
  return { paper, claim, sign, agrees: sign === paper.sign };
}
