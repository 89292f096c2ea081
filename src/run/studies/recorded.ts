import * as v from 'valibot';
import {
  amount,
  count,
  fields,
  list,
  maybe,
  oneOf,
  orNull,
  real,
  record,
  recordIn,
  recordOrNull,
  seed,
  share,
  text,
} from '../schema.ts';
import type { SettingKey } from '../table.ts';

/** Numbers by path, such as `heldOut.passAt.256`, `solvable.rlOnly` or `reward`; null where a row has none. */
export type Columns = Record<string, (number | null)[]>;

/** Exact success probabilities of the evaluated problems of one set, before and after training. */
export interface BeforeAndAfter {
  baseP: number[];
  p: number[];
  /** Of tasks that check written steps: the part whose steps are all valid. */
  baseSoundP?: number[];
  soundP?: number[];
}

/** A point of a run's finale; its numbers have paths such as `passAt.256` and `entropy`. */
export interface FinalePoint {
  x: number;
  of?: string;
  numbers: Record<string, number>;
}

/** What a study keeps of one run. */
export interface RecordedRun extends BeforeAndAfter {
  seed: number;
  /** The size of each evaluated problem, of tasks whose problems have one. */
  sizes?: number[];
  beyond?: BeforeAndAfter;
  /** The places of the problems that need the task's skill. */
  needing: number[];
  /** Every scalar of the evaluated rows, a column each; `step` is one of them, and the first entry is the base's. */
  series: Columns;
  /** The mean of a scalar over all steps that trained, evaluated or not. */
  means: Record<string, number>;
  finale?: { kind: string; points: FinalePoint[] };
}

/** An arm with all of its runs, in the order of the study's seeds. */
export interface RecordedArm {
  id: string;
  label: string;
  /** What its sampled answers are of, where its exact numbers are of something else. */
  drawn?: string;
  /** The run with the first seed, as `permalinkOf` writes it; '' for the defaults. */
  permalink: string;
  /** p of uniformly random tokens on the held-out problems. */
  chanceP: number[];
  runs: RecordedRun[];
}

/** A claim with what came out; `mean` and `half` are null where a run has no such number. */
export interface RecordedClaim {
  sentence: string;
  mean: number | null;
  /** Half the width of the 95 % interval over seeds, Student's t. */
  half: number | null;
}

/** What made the numbers. */
export interface Versions {
  /** Version of the package, and a digest of the source files that decide a run's numbers. */
  project: string;
  node: string;
  /** The first 12 digits of the SHA-256 of every shipped policy of the study's tasks. */
  bases: Record<string, string>;
}

/** A study with its outcome: `public/runs/studies/<name>.json`. */
export interface RecordedStudy {
  format: 'rlvr-study';
  version: 1;
  name: string;
  command: string;
  versions: Versions;
  seeds: number[];
  /** Settings that all arms share, as far as they differ from the defaults. */
  settings: Partial<Record<SettingKey, string | number>>;
  arms: RecordedArm[];
  /** In the order of the study's claims. */
  claims: RecordedClaim[];
}

/** Which studies have a recorded file, in the order of the catalogue: `public/runs/studies.json`. */
export interface StudyIndex {
  format: 'rlvr-studies';
  version: 1;
  names: string[];
}

const texts = list(text(100), { most: 1000 });
const indexSchema = fields<StudyIndex>({
  ...{ format: oneOf('rlvr-studies'), version: oneOf(1), names: texts },
});

/** The names in an index; null for a text that is no index of this version. */
export const parseStudyIndex = (json: string): string[] | null =>
  recordOrNull('rlvr-studies', indexSchema, json)?.names ?? null;

/** As much as a figure can show; the claims are computed from these rounded numbers, so that all can be checked. */
const DIGITS = 4;

/** A number as a recorded study keeps it. */
export function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
}

/** A recorded study as compact text. */
export function serialiseStudy(study: RecordedStudy): string {
  return `${JSON.stringify(study)}\n`;
}

const probabilities = list(share, { least: 1 });
const beforeAndAfter = {
  ...{ baseP: probabilities, p: probabilities },
  ...{ baseSoundP: maybe(probabilities), soundP: maybe(probabilities) },
};
/** The path of a number, such as `heldOut.passAt.256` or `completions/mean_length`. */
const PATH = /^[\w./-]{1,80}$/;
const numberAt = (path: string) => (/passAt\.\d+$/i.test(path) ? share : real);
const numbers = record(PATH, numberAt);

const runSchema = fields<RecordedRun>({
  ...{ seed, ...beforeAndAfter, needing: list(count) },
  ...{ sizes: maybe(list(count)), beyond: maybe(fields<BeforeAndAfter>(beforeAndAfter)) },
  ...{ series: record(PATH, (path) => list(orNull(numberAt(path)))), means: numbers },
  finale: maybe(
    fields<NonNullable<RecordedRun['finale']>>({
      kind: text(40),
      points: list(fields<FinalePoint>({ x: real, of: maybe(text(40)), numbers })),
    }),
  ),
});

export const versionsSchema = fields<Versions>({
  ...{ project: text(100), node: text(100), bases: record(/^[a-z0-9.-]{1,40}$/, text(64)) },
});

const studySchema = fields<RecordedStudy>({
  ...{ format: oneOf('rlvr-study'), version: oneOf(1), name: text(100), command: text(2000) },
  versions: versionsSchema,
  seeds: list(seed, { least: 1 }),
  settings: record(/^[a-zA-Z]{1,40}$/, v.union([real, text(100)])),
  arms: list(
    fields<RecordedArm>({
      ...{ id: text(100), label: text(200), drawn: maybe(text(200)), permalink: text(2000) },
      ...{ chanceP: list(share), runs: list(runSchema) },
    }),
    { least: 1 },
  ),
  claims: list(
    fields<RecordedClaim>({ sentence: text(2000), mean: orNull(real), half: orNull(amount) }),
  ),
});

/** @throws Error naming what is not as a recorded study of this version has it. */
export function parseStudy(name: string, json: string): RecordedStudy {
  const refuse = (problem: string): never => {
    throw new Error(`the recorded study '${name}' cannot be read: ${problem}`);
  };
  const study = recordIn('rlvr-study', studySchema, json, refuse);
  if (study.name !== name) refuse(`it is of the study '${study.name}'`);
  const seeds = study.seeds.join(', ');
  for (const { id, runs } of study.arms) {
    const found = runs.map(({ seed }) => seed).join(', ') || 'none';
    if (found !== seeds) refuse(`the arm '${id}' has seeds ${found}, expected ${seeds}`);
    for (const { seed, p, baseP, series } of runs) {
      const where = `seed ${seed} of the arm '${id}'`;
      if (p.length !== baseP.length)
        refuse(`${where} has ${p.length} problems, and ${baseP.length} of the base`);
      const evaluations = series['step']?.length ?? 0;
      if (evaluations === 0) refuse(`${where} has no evaluation`);
      for (const [path, { length }] of Object.entries(series))
        if (length !== evaluations)
          refuse(`${where} has ${length} values of ${path} for ${evaluations} evaluations`);
    }
  }
  return study;
}
