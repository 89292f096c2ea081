import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inShard, parseShard, parseSweep, plannedRuns } from '../../src/cli/sweep/plan.ts';

const text = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8');
const script = /^#!\/bin\/bash\n[^]*?(?=^```)/m.exec(text)![0];
const [, first, last] = /^#SBATCH --array=(\d+)-(\d+)/m.exec(script)!.map(Number);
const ids = Array.from({ length: last! - first! + 1 }, (_, i) => first! + i);

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'rlvr-slurm-'));
  writeFileSync(join(directory, 'sweep.sh'), script);
  // In the place of Slurm's, it tells what it was to run.
  writeFileSync(join(directory, 'srun'), '#!/bin/sh\nprintf \'%s\\n\' "$@"\n');
  chmodSync(join(directory, 'srun'), 0o755);
});
afterAll(() => rmSync(directory, { recursive: true }));

/** The arguments of the sweep that a task of the array makes. */
function argumentsOf(id: number): string[] {
  const { status, stdout, stderr } = spawnSync('bash', [join(directory, 'sweep.sh')], {
    encoding: 'utf8',
    env: {
      PATH: `${directory}${delimiter}${process.env['PATH']}`,
      SLURM_ARRAY_TASK_ID: String(id),
      SLURM_ARRAY_TASK_COUNT: String(ids.length),
      SLURM_CPUS_PER_TASK: '4',
    },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const words = stdout.trim().split('\n');
  expect(words.slice(0, 5)).toEqual(['npm', 'run', '-s', 'rlvr', '--']);
  return words.slice(5);
}

describe('the array of Slurm jobs in docs/command-line.md', () => {
  it('is a script that bash can read, from its first line on', () => {
    const { status, stderr } = spawnSync('bash', ['-n', join(directory, 'sweep.sh')]);
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
  });

  it('has 8 tasks whose shards are together every run of a sweep, each once', () => {
    const sweep = {
      ...{ format: 'rlvr-sweep', version: 1, name: 'groups' },
      ...{ grid: { 'group-size': [2, 8], lr: [0, 1e-3] }, seeds: [1, 2, 3, 4, 5] },
    };
    const runs = plannedRuns(parseSweep('sweep.json', JSON.stringify(sweep)));
    const labels = runs.map(({ label }) => label);
    expect(new Set(labels).size).toBe(20);
    expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const shards = ids.map((id) => {
      const words = argumentsOf(id);
      expect(words).toEqual(['sweep', 'sweep.json', '--jobs', '4', '--shard', `${id}/8`]);
      return inShard(labels, parseShard(words.at(-1)!));
    });
    expect(shards.map(({ length }) => length)).toEqual([3, 3, 3, 3, 2, 2, 2, 2]);
    expect(shards.flat().sort()).toEqual([...labels].sort());
  });

  it('of another first task is refused, not run with a run left out', () => {
    // --array=0-7 has the tasks 0 to 7, and 8 of them.
    expect(() => parseShard(argumentsOf(0).at(-1)!)).toThrow("--shard is '0/8', expected i/n");
  });
});
