import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as domains from './domains.ts';
import { runJobs, type Job } from './jobs.ts';
import type { TrainRow } from '../../../src/experiments/train.ts';

interface Report {
  text: string;
  data: unknown;
}

interface Study {
  jobs: readonly Job[];
  /** What came out, from the evaluated rows of every job. */
  report(runs: readonly (readonly TrainRow[])[]): Report | Promise<Report>;
}

const STUDIES: Record<string, Study> = { domains };

/** Makes the runs of the named studies, or of all, and writes their tables: `npm run studies -- [name …] [--jobs 2]`. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { jobs: { type: 'string', default: '2' } },
});
const parallel = Number(values.jobs);
if (!Number.isInteger(parallel) || parallel < 1)
  throw new RangeError(`--jobs is '${values.jobs}', expected a whole number from 1`);
const names = positionals.length > 0 ? positionals : Object.keys(STUDIES);
for (const name of names)
  if (!Object.hasOwn(STUDIES, name))
    throw new RangeError(
      `no study is called '${name}'; the studies are ${Object.keys(STUDIES).join(', ')}`,
    );

const results = new URL('../results/', import.meta.url);
await mkdir(results, { recursive: true });
for (const name of names) {
  const { jobs, report } = STUDIES[name]!;
  const { text, data } = await report(await runJobs(name, jobs, parallel));
  await writeFile(new URL(`${name}.md`, results), text);
  await writeFile(new URL(`${name}.json`, results), `${JSON.stringify(data, null, 1)}\n`);
  console.log(text);
}
