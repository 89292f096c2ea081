import type { EvaluationProblems } from '../../experiments/evaluate.ts';
import type { TrainRow } from '../../experiments/train.ts';
import { permalinkOf } from '../permalink.ts';
import { claimOf } from './claims.ts';
import {
  rounded,
  type BeforeAndAfter,
  type Columns,
  type FinalePoint,
  type RecordedArm,
  type RecordedRun,
  type RecordedStudy,
  type Versions,
} from './recorded.ts';
import { settingsOf, type Study, type StudyArm } from './study.ts';

/** A row without its completions; only evaluated rows need more than their scalars. */
type Row = Omit<TrainRow, 'group'>;

/** The rows of one run, whole. */
export interface MadeRun {
  problems: EvaluationProblems;
  rows: readonly Row[];
}

/** Differs every time that a run is made. */
const TIMING = new Set(['step_time']);
/** Kept apart from the scalars. */
const NOT_SCALAR = new Set(['finale']);

/** Every number in an object by its path; lists and texts are left out. */
export function scalarsOf(object: object, prefix = ''): Record<string, number | null> {
  return Object.assign(
    {},
    ...Object.entries(object).map(([key, value]: [string, unknown]) => {
      const path = prefix + key;
      if (TIMING.has(path) || NOT_SCALAR.has(path) || Array.isArray(value)) return {};
      if (value === null || typeof value === 'number') return { [path]: value };
      return typeof value === 'object' ? scalarsOf(value as object, `${path}.`) : {};
    }),
  ) as Record<string, number | null>;
}

const roundedList = (values: readonly number[]): number[] => values.map(rounded);

function beforeAndAfter(base: Row['beyond'], end: Row['beyond']): BeforeAndAfter {
  return {
    baseP: roundedList(base!.p),
    p: roundedList(end!.p),
    ...(base!.soundP ? { baseSoundP: roundedList(base!.soundP) } : {}),
    ...(end!.soundP ? { soundP: roundedList(end!.soundP) } : {}),
  };
}

/** The scalars of the evaluated rows as columns; a scalar that no row has is left out. */
function columnsOf(rows: readonly Row[]): Columns {
  const scalars = rows.map((row) => scalarsOf(row));
  const paths = [...new Set(scalars.flatMap(Object.keys))];
  const columns = paths.map((path): [string, (number | null)[]] => [
    path,
    scalars.map((of) => {
      const value = of[path] ?? null;
      return value === null ? null : rounded(value);
    }),
  ]);
  return Object.fromEntries(columns.filter(([, column]) => column.some((value) => value !== null)));
}

/** The mean of every scalar over the rows that have it, after the base's. */
function meansOf(rows: readonly Row[]): Record<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const row of rows.slice(1))
    for (const [key, value] of Object.entries(row)) {
      if (typeof value !== 'number' || key === 'step' || TIMING.has(key)) continue;
      const { sum, count } = sums.get(key) ?? { sum: 0, count: 0 };
      sums.set(key, { sum: sum + value, count: count + 1 });
    }
  return Object.fromEntries([...sums].map(([key, { sum, count }]) => [key, rounded(sum / count)]));
}

/** The points of a row's finale, whatever they hold. */
function finaleOf(row: Row): Pick<RecordedRun, 'finale'> {
  const { finale } = row as { finale?: { kind: string; points: { x: number; of?: string }[] } };
  if (!finale) return {};
  const points = finale.points.map(({ x, of, ...rest }): FinalePoint => {
    const numbers = Object.entries(scalarsOf(rest)).filter(([, value]) => value !== null);
    return {
      x: rounded(x),
      ...(of === undefined ? {} : { of }),
      numbers: Object.fromEntries(numbers.map(([path, value]) => [path, rounded(value!)])),
    };
  });
  return { finale: { kind: finale.kind, points } };
}

/** What a study keeps of a run. @throws Error unless its first and last rows are evaluated. */
export function recordRun(
  seed: number,
  rows: readonly Row[],
  { needing = [], sizes }: Pick<EvaluationProblems, 'needing' | 'sizes'>,
): RecordedRun {
  const [base, end] = [rows[0], rows.at(-1)];
  if (!base?.heldOut || !end?.heldOut)
    throw new Error(`the run with seed ${seed} has no evaluation at its beginning or its end`);
  return {
    seed,
    ...(sizes ? { sizes: [...sizes] } : {}),
    ...beforeAndAfter(base.heldOut, end.heldOut),
    needing: [...needing],
    ...(base.beyond && end.beyond ? { beyond: beforeAndAfter(base.beyond, end.beyond) } : {}),
    series: columnsOf(rows.filter(({ heldOut }) => heldOut)),
    means: meansOf(rows),
    ...finaleOf(end),
  };
}

const namesOf = ({ id, label, drawn }: StudyArm): Pick<RecordedArm, 'id' | 'label' | 'drawn'> => ({
  id,
  label,
  ...(drawn === undefined ? {} : { drawn }),
});

/** The recorded study of runs that were made with `seeds`, a list an arm in the order of the study's arms. */
export function recordStudy(
  study: Study,
  seeds: readonly number[],
  runs: readonly (readonly MadeRun[])[],
  versions: Versions,
): RecordedStudy {
  const arms = study.arms.map((arm, i): RecordedArm => ({
    ...namesOf(arm),
    permalink: permalinkOf(settingsOf(study, arm, seeds[0]!)),
    chanceP: roundedList(runs[i]![0]!.problems.chanceP),
    runs: runs[i]!.map(({ rows, problems }, n) => recordRun(seeds[n]!, rows, problems)),
  }));
  return {
    format: 'rlvr-study',
    version: 1,
    name: study.name,
    command: `npm run -s rlvr -- study ${study.name}`,
    versions,
    seeds: [...seeds],
    settings: study.settings,
    arms,
    claims: study.claims.map((claim) => claimOf(claim, arms)),
  };
}

/**
 * The same runs with the words and claims that the study has now, for one whose runs stay as they are.
 * @throws Error naming an arm whose runs were made with other settings, or other arms than the study's.
 */
export function restated(study: Study, recorded: RecordedStudy): RecordedStudy {
  const refuse = (what: string): never => {
    throw new Error(`the study '${study.name}' has to be made again: ${what}`);
  };
  const [found, expected] = [recorded, study].map(({ arms }) =>
    arms.map(({ id }) => id).join(', '),
  );
  if (found !== expected) refuse(`its recorded arms are ${found}, expected ${expected}`);
  const arms = recorded.arms.map(({ permalink, chanceP, runs }, i): RecordedArm => {
    const arm = study.arms[i]!;
    const now = permalinkOf(settingsOf(study, arm, recorded.seeds[0]!));
    if (permalink !== now)
      refuse(`the arm '${arm.id}' was made with '${permalink}', expected '${now}'`);
    return { ...namesOf(arm), permalink, chanceP, runs };
  });
  return { ...recorded, arms, claims: study.claims.map((claim) => claimOf(claim, arms)) };
}
