import { crossingK, LARGEST_K, meanPassAtK } from '../../core/passAtK.ts';
import { meanInterval, type Interval } from '../../core/studentT.ts';
import type { IntervalPoint } from '../../plots/intervals.ts';
import {
  isPlain,
  runKey,
  settingsMade,
  whyApart,
  type Base,
  type LeftOut,
} from '../../run/studies/comparable.ts';
import { pointOf } from '../../run/studies/means.ts';
import { measure, measureAt } from '../../run/studies/measures.ts';
import type { RecordedArm, RecordedRun } from '../../run/studies/recorded.ts';
import type { RunSettings } from '../../run/table.ts';
import { groupOf, type GroupName } from './groups.ts';
import { say, type Text } from '../../text/words.ts';
import * as TEXT from '../../messages/compare.ts';
import { names } from '../../messages/methodNames.ts';

/** What methods are compared by. */
export const NUMBERS = [
  'pass@1',
  'pass@16',
  'pass@256',
  'pass@1024',
  'entropy',
  'crossing',
] as const;
export type NumberName = (typeof NUMBERS)[number];

/** A mean over seeds; `interval` is null where some seed has no such number. */
export interface Cell {
  interval: Interval | null;
  /** Of how many seeds `missing` have none. */
  missing: number;
}

/** One way to get a policy, or answers out of it, with what came of it over seeds. */
export interface Method {
  id: string;
  label: string;
  group: GroupName | 'base' | 'chance' | 'live';
  /** The study that it is told in, and others that have the same runs; empty for what is no arm. */
  studies: readonly string[];
  /** Null where it cannot be run live from the page. */
  permalink: string | null;
  settings: RunSettings | null;
  seeds: number;
  numbers: Readonly<Record<NumberName, Cell>>;
  /** Mean pass@k over k. */
  curve: readonly IntervalPoint[];
}

/** The k at which small curves are drawn: two an octave, to 1024. */
export const CURVE_KS: readonly number[] = Array.from({ length: 21 }, (_, i) => 2 ** (i / 2));

/** What one seed gives: pass@k at any k that it is known at, and its other numbers. */
interface Sample {
  passAt(k: number): number | null;
  entropy: number | null;
  crossing: number | null;
}
const numberOf = (sample: Sample, name: NumberName): number | null =>
  name === 'entropy' || name === 'crossing'
    ? sample[name]
    : sample.passAt(Number(name.slice('pass@'.length)));

/** A cell of what each seed has. */
export function cellOf(values: readonly (number | null)[]): Cell {
  const found = values.filter((value) => value !== null);
  const missing = values.length - found.length;
  return { interval: missing === 0 && found.length > 0 ? meanInterval(found) : null, missing };
}

function summary(samples: readonly Sample[], ks: readonly number[]) {
  return {
    seeds: samples.length,
    numbers: Object.fromEntries(
      NUMBERS.map((name) => [name, cellOf(samples.map((sample) => numberOf(sample, name)))]),
    ) as Record<NumberName, Cell>,
    curve: ks.flatMap((k) => {
      const values = samples.map((sample) => sample.passAt(k));
      return values.includes(null) ? [] : [pointOf(k, values as number[])];
    }),
  };
}

/** A policy with exact p, against the base whose p it is compared with. */
export const sampleOfP = (
  p: readonly number[],
  baseP: readonly number[],
  entropy: number | null,
): Sample => ({
  passAt: (k) => meanPassAtK(p, k),
  entropy,
  crossing: crossingK(baseP, p, LARGEST_K),
});

/** A method of several policies that share a base. */
export function methodOfP(
  what: Pick<Method, 'id' | 'label' | 'group'> & Partial<Method>,
  samples: readonly Sample[],
): Method {
  return { studies: [], permalink: null, settings: null, ...what, ...summary(samples, CURVE_KS) };
}

/** The points of a run's way between two sets of weights that are told: every other tenth. */
const BETWEEN = [0.2, 0.4, 0.6, 0.8];
/** The k at which such a point is evaluated. */
const BETWEEN_KS = [1, 4, 16, 64, 256, 1024];

/** What lies between base and trained weights. Its entropy is of other prompts than a run's, and is left out. */
const sampleBetween = (run: RecordedRun, x: number): Sample => ({
  passAt: (k) => measureAt(run, `pass@${k}`, { x }),
  entropy: null,
  crossing: null,
});

/** Base and chance as rows of their own. */
export function references({ p, chanceP, entropies }: Base): Method[] {
  const [base, chance] = [p, chanceP].map((of) => sampleOfP(of, p, null)) as [Sample, Sample];
  const entropy = cellOf(entropies);
  const whole = methodOfP({ id: 'base', label: TEXT.base, group: 'base' }, [base]);
  return [
    { ...whole, numbers: { ...whole.numbers, entropy } },
    methodOfP({ id: 'chance', label: TEXT.chance, group: 'chance' }, [chance]),
  ];
}

/**
 * What a method is called where its study is not named beside it: by study and arm, or by study alone with the arm's
 * label in place of {arm}. Where there is none, the arm's own label says enough.
 */
const NAMES: Readonly<Partial<Record<string, Text>>> = names;

/** The name of an arm of a study among the methods of all studies. */
export function methodName(study: string, arm: { id: string; label: string }): string {
  const name = NAMES[`${study} ${arm.id}`] ?? NAMES[study] ?? '{arm}';
  return say(name, { arm: arm.label });
}

/**
 * One arm as methods: itself, and points between its weights and the base's where it has them.
 * Those of other problems or of another base are left out, and so is a run that `seen` has already.
 */
export function methodsOf(
  study: string,
  arm: RecordedArm,
  base: Base,
  seen: ReadonlyMap<string, Method>,
): { methods: Method[]; again: Method | null; leftOut: LeftOut[] } {
  const settings = settingsMade(arm);
  const sameProblems = arm.runs.every(({ baseP }) =>
    isPlain(settings) ? baseP.join() === base.p.join() : baseP.length === base.p.length,
  );
  const why = whyApart(settings) ?? (sameProblems ? null : 'problems');
  if (why) return { methods: [], again: null, leftOut: [{ study, label: arm.label, why }] };
  const common = { studies: [study], permalink: arm.permalink, settings };
  const id = runKey(settings);
  const again = seen.get(id) ?? null;
  const itself = (): Method =>
    methodOfP(
      { ...common, id, label: methodName(study, arm), group: groupOf(settings) },
      arm.runs.map((run) => sampleOfP(run.p, base.p, measure(run, 'entropy'))),
    );
  const isMixed = arm.runs.every(({ finale }) => finale?.kind === 'interpolation');
  const between = (isMixed ? BETWEEN : []).map((x): Method => ({
    ...common,
    ...{ id: `${id} ${x}`, label: TEXT.weights({ percent: 100 * x }), group: 'between' },
    ...summary(
      arm.runs.map((run) => sampleBetween(run, x)),
      BETWEEN_KS,
    ),
  }));
  return { methods: [...(again ? [] : [itself()]), ...between], again, leftOut: [] };
}
