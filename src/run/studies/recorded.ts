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
  beyond?: BeforeAndAfter;
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

/** The names in an index; null for a text that is no index of this version. */
export function parseStudyIndex(text: string): string[] | null {
  try {
    const { format, version, names } = (JSON.parse(text) ?? {}) as Partial<StudyIndex>;
    return format === 'rlvr-studies' && version === 1 && Array.isArray(names) ? names : null;
  } catch {
    return null;
  }
}

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

/** @throws Error naming what is not as a recorded study of this version has it. */
export function parseStudy(name: string, text: string): RecordedStudy {
  const refuse = (what: string): never => {
    throw new Error(`the recorded study '${name}' cannot be read: ${what}`);
  };
  let study: Partial<RecordedStudy> | null = null;
  try {
    study = JSON.parse(text) as Partial<RecordedStudy> | null;
  } catch {
    refuse('it is not JSON');
  }
  const { format, version, seeds, arms, claims } = study ?? {};
  if (format !== 'rlvr-study' || version !== 1)
    refuse(`it has format '${format}' version ${version}, expected 'rlvr-study' version 1`);
  if (study?.name !== name) refuse(`it is of the study '${study?.name}'`);
  if (!Array.isArray(seeds) || seeds.length === 0) return refuse('it has no seeds');
  if (!Array.isArray(arms) || arms.length === 0) return refuse('it has no arms');
  if (!Array.isArray(claims)) refuse('it has no claims');
  for (const { id, runs } of arms) {
    const found = runs?.map(({ seed }) => seed) ?? [];
    if (found.join() !== seeds.join())
      refuse(
        `the arm '${id}' has seeds ${found.join(', ') || 'none'}, expected ${seeds.join(', ')}`,
      );
    for (const run of runs) {
      const where = `seed ${run.seed} of the arm '${id}'`;
      if (!run.p?.length || run.p.length !== run.baseP?.length)
        refuse(`${where} has ${run.p?.length} problems, and ${run.baseP?.length} of the base`);
      const evaluations = run.series?.['step']?.length ?? 0;
      if (evaluations === 0) refuse(`${where} has no evaluation`);
      for (const [path, column] of Object.entries(run.series))
        if (column.length !== evaluations)
          refuse(`${where} has ${column.length} values of ${path} for ${evaluations} evaluations`);
    }
  }
  return study as RecordedStudy;
}
