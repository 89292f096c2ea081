import { crossingK, meanPassAtK } from '../core/passAtK.ts';
import type { TrainRow } from '../experiments/train.ts';

/** What findings are read from: the rows of a run so far, and the base's exact p of its held-out problems. */
export interface FindingFacts {
  rows: readonly TrainRow[];
  baseP: readonly number[] | null;
}

/** The largest number of samples a problem up to which a run is asked whether its curves cross. */
export const LAST_K = 1024;

/** A number of the run before training and now. */
export interface Reading {
  before: number;
  now: number;
  /** A difference up to this size is no movement: what sampling alone does. 0 for exact numbers. */
  noise?: number;
  /** Where the curves cross; null where they do not. */
  k?: number | null;
}

/** How a finding of papers came out in one run; `missing` where the run has no such number, `waiting` before it is evaluated. */
export type Outcome = 'appears' | 'opposite' | 'still' | 'missing' | 'waiting';

/** One finding that a single run can show, or fail to show. */
export interface Finding {
  /** Which way the number goes where the finding appears. */
  sign: 1 | -1;
  digits: number;
  /** What the bar of the number begins and ends with. */
  scale: 'share' | 'nats' | 'lead' | 'problems';
  /** Null where the run has no such number. */
  read(now: TrainRow, facts: FindingFacts & { baseP: readonly number[] }): Reading | null;
}

export interface CheckedFinding {
  name: FindingName;
  finding: Finding;
  reading: Reading | null;
  outcome: Outcome;
}

const passAt = (k: number): Finding['read'] => {
  return ({ heldOut }, { baseP }) => ({
    before: meanPassAtK(baseP, k),
    now: meanPassAtK(heldOut!.p, k),
  });
};

/** Of a difference between two noisy numbers: so many of its standard errors count as no movement. */
const NOISE_ERRORS = 3;

/**
 * What chance does to the difference of two numbers of a series that is estimated anew at each step: 3 · √2 · s, where
 * s² = Σ (eₜ₊₁ − eₜ)² / (2 (n − 1)) is the variance about a slow trend (von Neumann's mean square successive
 * difference). 0 for fewer than 2 values.
 */
export function stepNoise(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const differences = values.slice(1).map((value, i) => value - values[i]!);
  const squares = differences.reduce((sum, each) => sum + each * each, 0);
  const variance = squares / (2 * differences.length);
  return NOISE_ERRORS * Math.sqrt(2 * variance);
}

/** The findings by name; what papers say of them stands in messages/. */
export const FINDINGS = {
  first: { sign: 1, digits: 3, scale: 'share', read: passAt(1) },
  many: { sign: -1, digits: 3, scale: 'share', read: passAt(256) },
  crossing: {
    sign: -1,
    digits: 3,
    scale: 'lead',
    read({ heldOut }, { baseP }) {
      const lead = (k: number): number => meanPassAtK(heldOut!.p, k) - meanPassAtK(baseP, k);
      const isNumber = Number.isFinite(lead(1));
      return {
        before: lead(1),
        now: lead(LAST_K),
        k: isNumber ? crossingK(baseP, heldOut!.p, LAST_K) : null,
      };
    },
  },
  entropy: {
    sign: -1,
    digits: 3,
    scale: 'nats',
    read({ entropy }, { rows }) {
      const values = rows.map((row) => row.entropy);
      return { before: values[0]!, now: entropy, noise: stepNoise(values) };
    },
  },
  coverage: {
    sign: -1,
    digits: 0,
    scale: 'problems',
    read: ({ solvable }) =>
      solvable
        ? { before: solvable.both + solvable.baseOnly, now: solvable.both + solvable.rlOnly }
        : null,
  },
  sound: {
    sign: 1,
    digits: 3,
    scale: 'share',
    read({ heldOut }, { rows }) {
      const [before, now] = [rows[0]?.heldOut?.soundP, heldOut!.soundP];
      return before && now
        ? { before: meanPassAtK(before, 256), now: meanPassAtK(now, 256) }
        : null;
    },
  },
  expands: { sign: 1, digits: 3, scale: 'share', read: passAt(256) },
} as const satisfies Record<string, Finding>;

export type FindingName = keyof typeof FINDINGS;

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Which way a number went, told of the digits that are shown; `missing` where one of the two is not a number. */
export function outcomeOf(
  { sign, digits }: Finding,
  { before, now, noise = 0, k }: Reading,
): Outcome {
  if (!Number.isFinite(before) || !Number.isFinite(now)) return 'missing';
  const difference = rounded(now, digits) - rounded(before, digits);
  if (k !== undefined) {
    if (k !== null) return 'appears';
    return rounded(now, digits) === 0 && rounded(before, digits) === 0 ? 'still' : 'opposite';
  }
  if (difference === 0 || Math.abs(difference) <= noise) return 'still';
  return Math.sign(difference) === sign ? 'appears' : 'opposite';
}

/** All findings, held against the last evaluation of a run; `waiting` until one has followed a training step. */
export function checkFindings(facts: FindingFacts): CheckedFinding[] {
  const { rows, baseP } = facts;
  const now = rows.findLast(({ heldOut }) => heldOut);
  return (Object.entries(FINDINGS) as [FindingName, Finding][]).map(([name, finding]) => {
    if (!now || now.step === 0 || !baseP)
      return { name, finding, reading: null, outcome: 'waiting' };
    const reading = finding.read(now, { ...facts, baseP });
    return { name, finding, reading, outcome: reading ? outcomeOf(finding, reading) : 'missing' };
  });
}

/** How many findings came out each way. */
export function tallyOf(checked: readonly CheckedFinding[]): Record<Outcome, number> {
  const tally = { appears: 0, opposite: 0, still: 0, missing: 0, waiting: 0 };
  for (const { outcome } of checked) tally[outcome]++;
  return tally;
}
