import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from './flags.ts';
import { parseJobs, parseOptions } from './options.ts';
import { readCode, runId, versionsOf, type Code } from './sweep/identity.ts';
import { makeRun, type Order } from './sweep/makeRun.ts';
import { inShard, parseShard, parseSweep, plannedRuns, type PlannedRun } from './sweep/plan.ts';
import { makeRuns } from './sweep/pool.ts';
import { readRun } from './sweep/runFile.ts';

export const SWEEP_USAGE = `usage: npm run -s rlvr -- sweep FILE [options]

FILE is JSON: {"format": "rlvr-sweep", "version": 1, "name": "lr",
  "settings": {"task": "countdown", "steps": 150},        shared, by flag as in train --help
  "grid": {"lr": [0, 0.001], "group-size": [8, 32]},      every combination
  "arms": [{"id": "kl", "settings": {"kl": 0.1}}],        each with every combination
  "seeds": [1, 2, 3, 4]}                                  each with every seed

  --jobs N       runs made at a time, each in a process of its own (default 2)
  --shard I/N    only every N-th run, from the I-th on
  --out DIR      where runs are kept, one JSON each (default out/sweeps/NAME)
  --dry-run      tell every run and whether it is there, make none
  --list         print the identity of every run, one a line
  --only ID      make only this run, in this process`;

const OPTIONS = {
  jobs: { type: 'string', default: '2' },
  shard: { type: 'string', default: '1/1' },
  out: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  only: { type: 'string' },
} as const;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** A planned run with its identity under the present code. */
export function orderOf(code: Code, { label, settings }: PlannedRun): Order {
  const versions = versionsOf(code, settings);
  return { id: runId(settings, versions), label, settings, versions };
}

async function stateOf(directory: string, id: string): Promise<string> {
  const found = await readRun(directory, id);
  if (found.kind === 'none') return 'to be made';
  return found.kind === 'whole' ? 'finished' : `broken: ${found.why}`;
}

async function makeOnly(directory: string, orders: readonly Order[], id: string): Promise<void> {
  const order = orders.find((candidate) => candidate.id === id);
  if (!order)
    throw new UsageError(
      `no run of this sweep has the identity '${id}'; --list prints those of the present code and settings`,
    );
  await mkdir(directory, { recursive: true });
  const { kind, run } = await makeRun(directory, order);
  say(
    `${id} (${order.label}): ${kind === 'made' ? `made in ${run.seconds.toFixed(1)} s` : 'was there'}`,
  );
}

/** Makes the runs of a sweep, or of a shard of it. */
export async function runSweep(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, OPTIONS, SWEEP_USAGE);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new UsageError(
      `sweep takes one file, got ${positionals.length === 0 ? 'none' : positionals.join(', ')}\n${SWEEP_USAGE}`,
    );
  const jobs = parseJobs(values.jobs);
  const shard = parseShard(values.shard);
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`the sweep cannot be read: ${error.message}`);
  });
  const sweep = parseSweep(file, text);
  const code = await readCode();
  const all = plannedRuns(sweep).map((run) => orderOf(code, run));
  const orders = inShard(all, shard);
  const directory = values.out ?? join('out', 'sweeps', sweep.name);
  if (values.list) for (const { id } of orders) console.log(id);
  else if (values['dry-run'])
    for (const { id, label } of orders)
      console.log(`${id}  ${label}: ${await stateOf(directory, id)}`);
  else if (values.only !== undefined) await makeOnly(directory, all, values.only);
  else await makeRuns(directory, orders, jobs);
}
