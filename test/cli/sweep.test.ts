import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSweep } from '../../src/cli/sweep.ts';
import { runPath } from '../../src/cli/sweep/runFile.ts';
import { captured, cli } from './inProcess.ts';
import {
  begun,
  historyOf,
  leftovers,
  linesOf,
  startRlvr,
  timelessRuns,
  TINY,
  writeSweep,
} from './sweepRuns.ts';

let directory: string;
let file: string;
let whole: string;
let ids: string[];
/** Of two runs, to be disturbed. */
let two: string;
let undisturbed: Awaited<ReturnType<typeof timelessRuns>>;
const at = (name: string): string => join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rlvr-sweep-'));
  file = await writeSweep(at('sweep.json'), {
    settings: TINY,
    arms: [{ id: 'grpo' }, { id: 'kl', settings: { kl: 0.1 } }],
    grid: { lr: [0.001, 0] },
    seeds: [2],
  });
  two = await writeSweep(at('two.json'), {
    settings: { ...TINY, lr: 0.001 },
    arms: [{ id: 'grpo' }, { id: 'kl', settings: { kl: 0.1 } }],
    seeds: [2],
  });
  whole = at('whole');
  ids = linesOf((await cli('sweep', file, '--list')).stdout);
  // All but one in this process, since to start another takes longer than to make a run.
  for (const id of ids.slice(1)) await cli('sweep', file, '--out', whole, '--only', id);
  const made = await cli('sweep', file, '--out', whole);
  expect(made.stderr).toMatch(/4 runs: 1 made, 3 found/);
  undisturbed = await timelessRuns(whole, ids);
}, 120_000);
afterAll(() => rm(directory, { recursive: true }));

describe('a sweep', () => {
  it('makes arms × grid × seeds, each run as the command line makes it', async () => {
    expect(new Set(ids).size).toBe(2 * 2);
    expect([...undisturbed.keys()]).toEqual(ids);
    const run = undisturbed.get(ids.at(-1)!)!;
    expect(run.settings).toMatchObject({ klCoefficient: 0.1, lr: 0, seed: 2, steps: 2, width: 32 });
    const train = await cli('train', ...run.flags.split(' '));
    const rows = linesOf(train.stdout).map((line) => {
      const { group: _, ...row } = JSON.parse(line);
      return { ...row, step_time: 0 };
    });
    expect(run.rows).toEqual(rows);
    expect(rows.map(({ heldOut }) => heldOut !== undefined)).toEqual([true, true, true]);
  });

  it('makes nothing again that is there, and again what was cut in half, naming it', async () => {
    const cut = ids[1]!;
    const length = (await readFile(runPath(whole, cut))).length;
    await truncate(runPath(whole, cut), Math.floor(length / 2));
    const before = (await historyOf(whole)).length;
    const { stderr } = await cli('sweep', file, '--out', whole);
    expect(stderr).toContain(`${cut}.json (grpo, lr 0, seed 2) is broken: it is not JSON`);
    expect(stderr).toMatch(/4 runs: 1 made, 3 found/);
    expect(begun((await historyOf(whole)).slice(before))).toEqual([cut]);
    expect(await timelessRuns(whole, ids)).toEqual(undisturbed);
    expect((await readFile(join(whole, `${cut}.broken-1`))).length).toBe(Math.floor(length / 2));
  }, 60_000);

  it('makes one run in the process where it is asked to, and finds it the next time', async () => {
    const out = at('only');
    const only = () => cli('sweep', file, '--out', out, '--only', ids[0]!);
    expect(await only()).toMatchObject({ code: 0, stderr: expect.stringMatching(/made in/) });
    expect(await only()).toMatchObject({ code: 0, stderr: expect.stringMatching(/was there/) });
    expect(await timelessRuns(out, ids)).toEqual(new Map([[ids[0]!, undisturbed.get(ids[0]!)!]]));
    const unknown = await cli('sweep', file, '--out', out, '--only', 'abc');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/no run of this sweep has the identity 'abc'; --list prints/);
  });

  it('has shards that are disjoint and together all', async () => {
    const shards: string[][] = [];
    for (const part of [1, 2, 3])
      shards.push(linesOf((await cli('sweep', file, '--list', '--shard', `${part}/3`)).stdout));
    expect(shards.map((list) => list.length)).toEqual([2, 1, 1]);
    expect(shards.flat().sort()).toEqual([...ids].sort());
  });

  it('ends with the same run where two make it at a time', async () => {
    const shared = at('shared');
    const last = () => runSweep([file, '--shard', '4/4', '--jobs', '1', '--out', shared]);
    const { stderr } = await captured(() => Promise.all([last(), last()]));
    expect(stderr.match(/1 runs: (1 made, 0|0 made, 1) found/g)).toHaveLength(2);
    const id = ids.at(-1)!;
    expect(await timelessRuns(shared, ids)).toEqual(new Map([[id, undisturbed.get(id)!]]));
    expect(await leftovers(shared)).toEqual([]);
  }, 60_000);

  it('goes on after a kill that leaves its child alone: nothing is lost', async () => {
    const out = at('killed');
    const { child, ended } = startRlvr('sweep', two, '--jobs', '1', '--out', out);
    while ((await historyOf(out)).length === 0) await sleep(20);
    process.kill(child.pid!, 'SIGKILL');
    await ended;
    const { stderr } = await cli('sweep', two, '--out', out);
    expect(stderr).toMatch(/2 runs: [12] made, [01] found/);
    const both = await timelessRuns(out, ids);
    expect(both.size).toBe(2);
    for (const [id, run] of both) expect(run).toEqual(undisturbed.get(id));
    expect(await leftovers(out)).toEqual([]);
  }, 60_000);
});
