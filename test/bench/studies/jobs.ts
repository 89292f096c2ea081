import { spawn } from 'node:child_process';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { setPriority } from 'node:os';
import type { TrainRow } from '../../../src/experiments/train.ts';

/** One run of the command line's `train`. */
export interface Job {
  name: string;
  args: readonly string[];
}

const root = new URL('../../../', import.meta.url);
const LOWEST_PRIORITY = 19;

/** The rows of a run that was made before, or null. A file has its final name only when the run is complete. */
async function readRows(file: URL): Promise<TrainRow[] | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (!text) return null;
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TrainRow);
}

async function train({ name, args }: Job, file: URL): Promise<void> {
  const part = new URL(`${file.href}.part`);
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'src/cli/main.ts', 'train', ...args, '--out', part.pathname],
    { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  if (child.pid) setPriority(child.pid, LOWEST_PRIORITY);
  let complaints = '';
  child.stderr.on('data', (text: Buffer) => (complaints = (complaints + text).slice(-2000)));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${name} ended with code ${code}:\n${complaints}`);
  await rename(part, file);
}

/**
 * The evaluated rows of every job, in the order of the jobs. Runs that stand in `out/studies/` are not made again, so
 * that a study can be stopped and gone on with; `parallel` of the others run at a time, each in a process of its own.
 */
export async function runJobs(
  study: string,
  jobs: readonly Job[],
  parallel: number,
): Promise<TrainRow[][]> {
  const directory = new URL(`out/studies/${study}/`, root);
  await mkdir(directory, { recursive: true });
  const fileOf = ({ name }: Job): URL => new URL(`${name}.jsonl`, directory);
  const began = Date.now();
  let made = 0;
  let left = 0;
  const queue: Job[] = [];
  for (const job of jobs) if (!(await readRows(fileOf(job)))) queue.push(job);
  left = queue.length;
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (let job = queue.shift(); job; job = queue.shift()) {
        await train(job, fileOf(job));
        made++;
        left--;
        const minutes = ((Date.now() - began) / 60_000 / made) * left;
        console.error(`${job.name} done, ${left} runs left, about ${minutes.toFixed(0)} min`);
      }
    }),
  );
  return Promise.all(
    jobs.map(async (job) => (await readRows(fileOf(job)))!.filter((row) => row.heldOut)),
  );
}
