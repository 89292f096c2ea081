import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { STUDIES, studyNamed } from '../run/studies/catalogue.ts';
import { recordStudy, restated } from '../run/studies/record.ts';
import {
  parseStudy,
  serialiseStudy,
  type RecordedStudy,
  type StudyIndex,
} from '../run/studies/recorded.ts';
import { studyBlock, studyReport } from '../run/studies/report.ts';
import { settingsOf, type Study } from '../run/studies/study.ts';
import { UsageError } from './flags.ts';
import { parseJobs, parseOptions } from './options.ts';
import { MARKED, withBlock } from './study/blocks.ts';
import { readCode, runId, versionsOf, type Code } from './sweep/identity.ts';
import type { Order } from './sweep/makeRun.ts';
import { makeRuns } from './sweep/pool.ts';
import { readRun } from './sweep/runFile.ts';

export const STUDY_USAGE = `usage: npm run -s rlvr -- study [NAME …] [options]

Makes the runs of the named studies, or of all: ${STUDIES.map(({ name }) => name).join(', ')}.
Writes public/runs/studies/NAME.json, test/bench/results/studies/NAME.md and, between the markers
<!-- study:NAME --> and <!-- /study -->, the table in ${MARKED.join(' and ')}.

  --report       make no runs: write the words and claims that the catalogue has now over what is recorded
  --jobs N       runs made at a time (default 2)
  --seeds A-B    seeds in place of the study's own, for a trial (default the study's)
  --runs DIR     where runs are kept, so that a stopped study goes on (default out/studies)
  --into DIR     the directory with public/, test/, docs/ and README.md (default this project's)`;

const OPTIONS = {
  report: { type: 'boolean', default: false },
  jobs: { type: 'string', default: '2' },
  seeds: { type: 'string' },
  runs: { type: 'string', default: join('out', 'studies') },
  into: { type: 'string', default: fileURLToPath(new URL('../../', import.meta.url)) },
} as const;

/** The seeds A to B. @throws UsageError unless the text is `A-B` with whole numbers A ≤ B. */
export function parseSeeds(text: string): number[] {
  const [, from, to] = (/^(\d+)-(\d+)$/.exec(text) ?? []).map(Number);
  if (from === undefined || to === undefined || from > to)
    throw new UsageError(`--seeds is '${text}', expected A-B with A up to B, such as 1-8`);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** The runs of a study, a list an arm, each list in the order of the seeds. */
export function studyOrders(code: Code, study: Study, seeds: readonly number[]): Order[][] {
  return study.arms.map((arm) =>
    seeds.map((seed) => {
      const settings = settingsOf(study, arm, seed);
      const versions = versionsOf(code, settings);
      const label = `${study.name}: ${arm.id}, seed ${seed}`;
      return { id: runId(settings, versions), label, settings, versions };
    }),
  );
}

/** The outcome of a study from its runs in `directory`; null where one of them is not there. */
export async function recordedFrom(
  directory: string,
  study: Study,
  seeds: readonly number[],
  orders: readonly (readonly Order[])[],
): Promise<RecordedStudy | null> {
  const found = await Promise.all(
    orders.map((ofArm) => Promise.all(ofArm.map(({ id }) => readRun(directory, id)))),
  );
  const runs = found.map((ofArm) =>
    ofArm.flatMap((one) => (one.kind === 'whole' ? [one.run] : [])),
  );
  if (runs.some(({ length }) => length < seeds.length)) return null;
  const versions = runs.flat().map(({ versions }) => versions);
  return recordStudy(study, seeds, runs, {
    project: versions[0]!.project,
    node: [...new Set(versions.map(({ node }) => node))].join(', '),
    bases: Object.assign({}, ...versions.map(({ bases }) => bases)),
  });
}

export const recordedPath = (root: string, name: string): string =>
  join(root, 'public', 'runs', 'studies', `${name}.json`);
export const reportPath = (root: string, name: string): string =>
  join(root, 'test', 'bench', 'results', 'studies', `${name}.md`);

export const indexPath = (root: string): string => join(root, 'public', 'runs', 'studies.json');

/** Writes a recorded study, its report, the list of those recorded, and its blocks in the documents where there are any. */
export async function writeStudy(
  root: string,
  study: Study,
  recorded: RecordedStudy,
): Promise<void> {
  const files = {
    [recordedPath(root, study.name)]: serialiseStudy(recorded),
    [reportPath(root, study.name)]: studyReport(study, recorded),
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const names = STUDIES.map(({ name }) => name).filter((name) =>
    existsSync(recordedPath(root, name)),
  );
  const index: StudyIndex = { format: 'rlvr-studies', version: 1, names };
  await writeFile(indexPath(root), `${JSON.stringify(index)}\n`);
  const block = studyBlock(study, recorded);
  for (const file of MARKED.map((name) => join(root, name))) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) continue;
    const filled = withBlock(text, study.name, block);
    if (filled !== text) await writeFile(file, filled);
  }
}

/**
 * Makes what is missing of the runs of all studies, then records and reports each study whose runs are all there. Studies share
 * their runs: an arm that two of them have is made once.
 * @throws Error naming the runs that failed.
 */
export async function makeStudies(
  studies: readonly Study[],
  { seeds, directory, jobs, into }: MakeOptions,
): Promise<void> {
  const code = await readCode();
  const all = studies.map((study) => {
    const own = seeds ?? study.seeds;
    return { study, seeds: own, orders: studyOrders(code, study, own) };
  });
  let failure: unknown = null;
  try {
    if (
      !(await makeRuns(
        directory,
        all.flatMap(({ orders }) => orders.flat()),
        jobs,
      ))
    )
      return;
  } catch (error) {
    failure = error;
  }
  for (const { study, seeds, orders } of all) {
    const recorded = await recordedFrom(directory, study, seeds, orders);
    if (!recorded) continue;
    await writeStudy(into, study, recorded);
    console.log(studyReport(study, recorded));
  }
  if (failure) throw failure;
}

/**
 * Records and reports studies again from the runs in their recorded files.
 * @throws Error for a study that is not recorded, or whose settings have changed since, which has to be made again.
 */
export async function reportStudies(studies: readonly Study[], into: string): Promise<void> {
  for (const study of studies) {
    const file = recordedPath(into, study.name);
    const text = await readFile(file, 'utf8').catch(() => {
      throw new Error(`the study '${study.name}' is not recorded: there is no ${file}`);
    });
    await writeStudy(into, study, restated(study, parseStudy(study.name, text)));
  }
}

interface MakeOptions {
  /** In place of each study's own. */
  seeds: readonly number[] | null;
  /** Where runs are kept. */
  directory: string;
  jobs: number;
  /** What has `public/`, `test/` and the documents with markers. */
  into: string;
}

/** Makes, records and reports the named studies, or all of them. */
export async function runStudy(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, OPTIONS, STUDY_USAGE);
  const studies = positionals.length === 0 ? STUDIES : positionals.map(named);
  if (values.report) return reportStudies(studies, values.into);
  await makeStudies(studies, {
    seeds: values.seeds === undefined ? null : parseSeeds(values.seeds),
    directory: values.runs,
    jobs: parseJobs(values.jobs),
    into: values.into,
  });
}

function named(name: string): Study {
  try {
    return studyNamed(name);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
