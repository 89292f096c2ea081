import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRun, runPath } from '../../src/cli/sweep/runFile.ts';
import { uniformAt } from '../../src/core/random.ts';
import {
  begun,
  CLI,
  historyOf,
  leftovers,
  linesOf,
  rlvr,
  root,
  startRlvr,
  timelessRuns,
  TINY,
  writeSweep,
} from './sweepRuns.ts';

let directory: string;
let file: string;
let whole: string;
let ids: string[];
let undisturbed: Awaited<ReturnType<typeof timelessRuns>>;
const at = (name: string): string => join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rlvr-sweep-'));
  file = await writeSweep(at('sweep.json'), {
    settings: TINY,
    arms: [{ id: 'grpo' }, { id: 'kl', settings: { kl: 0.1 } }],
    grid: { lr: [0.001, 0] },
    seeds: [1, 2],
  });
  whole = at('whole');
  ids = linesOf((await rlvr('sweep', file, '--list')).stdout);
  const made = await rlvr('sweep', file, '--out', whole);
  expect(made.stderr).toMatch(/8 runs: 8 made, 0 found/);
  undisturbed = await timelessRuns(whole, ids);
}, 120_000);
afterAll(() => rm(directory, { recursive: true }));

/** The path of GNU parallel, unpacked into `folder` where it is not installed; null where it cannot be had. */
function gnuParallel(folder: string): string | null {
  if (spawnSync('parallel', ['--version']).status === 0) return 'parallel';
  mkdirSync(folder);
  const unpack = 'apt-get download parallel && dpkg-deb -x parallel_*.deb .';
  const { status } = spawnSync('sh', ['-c', unpack], { cwd: folder, timeout: 20_000 });
  return status === 0 ? join(folder, 'usr', 'bin', 'parallel') : null;
}

describe('a sweep', () => {
  it('makes arms × grid × seeds, each run as the command line makes it', async () => {
    expect(new Set(ids).size).toBe(2 * 2 * 2);
    expect([...undisturbed.keys()]).toEqual(ids);
    const run = undisturbed.get(ids.at(-1)!)!;
    expect(run.settings).toMatchObject({ klCoefficient: 0.1, lr: 0, seed: 2, steps: 2, width: 32 });
    const train = await rlvr('train', ...run.flags.split(' '));
    const rows = linesOf(train.stdout).map((line) => {
      const { group: _, ...row } = JSON.parse(line);
      return { ...row, step_time: 0 };
    });
    // Row 1 has no evaluation.
    expect(run.rows).toEqual(rows);
    expect(rows.map(({ heldOut }) => heldOut !== undefined)).toEqual([true, false, true]);
  });

  it('makes nothing again that is there, and again what was cut in half, naming it', async () => {
    const cut = ids[3]!;
    const length = (await readFile(runPath(whole, cut))).length;
    await truncate(runPath(whole, cut), Math.floor(length / 2));
    const before = (await historyOf(whole)).length;
    const { stderr } = await rlvr('sweep', file, '--out', whole);
    expect(stderr).toContain(`${cut}.json (grpo, lr 0, seed 2) is broken: it is not JSON`);
    expect(stderr).toMatch(/8 runs: 1 made, 7 found/);
    expect(begun((await historyOf(whole)).slice(before))).toEqual([cut]);
    expect(await timelessRuns(whole, ids)).toEqual(undisturbed);
    expect((await readFile(join(whole, `${cut}.broken-1`))).length).toBe(Math.floor(length / 2));
  });

  it('clears the lock of a finished run whose maker was killed before it let go', async () => {
    const lock = join(whole, 'locks', `${ids[0]}.0`);
    // The number of this process, which an earlier one had.
    const dead = { pid: process.pid, host: hostname(), started: 'before' };
    await writeFile(lock, JSON.stringify(dead));
    expect(await leftovers(whole)).toEqual([`${ids[0]}.0`]);
    expect((await rlvr('sweep', file, '--out', whole)).stderr).toMatch(/8 runs: 0 made, 8 found/);
    expect(await leftovers(whole)).toEqual([]);
  });

  it('has shards that are disjoint and together all, and that share a directory', async () => {
    const shard = async (part: number) =>
      linesOf((await rlvr('sweep', file, '--list', '--shard', `${part}/3`)).stdout);
    const shards = await Promise.all([1, 2, 3].map(shard));
    expect(shards.map((list) => list.length)).toEqual([3, 3, 2]);
    expect(shards.flat().sort()).toEqual([...ids].sort());
    // The third shard twice and at once: who comes second waits for the other's runs.
    const shared = at('shared');
    const both = await Promise.all(
      [1, 2].map(() => rlvr('sweep', file, '--shard', '3/3', '--jobs', '1', '--out', shared)),
    );
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(begun(await historyOf(shared)).sort()).toEqual([...shards[2]!].sort());
    expect(await leftovers(shared)).toEqual([]);
  });

  it('is driven by GNU parallel', async (context) => {
    const parallel = gnuParallel(at('package'));
    if (parallel === null) {
      console.warn('GNU parallel is neither installed nor to be had by apt-get: not tested');
      return context.skip();
    }
    const out = at('parallel');
    const some = ids.slice(0, 3);
    const { status: code, stderr } = spawnSync(
      parallel,
      [
        '--will-cite',
        '--sshlogin',
        '2/:',
        '--halt',
        'soon,fail=1',
        ...CLI,
        'sweep',
        file,
        '--out',
        out,
        '--only',
        '{}',
      ],
      { cwd: root, input: some.join('\n'), encoding: 'utf8' },
    );
    expect(stderr).toMatch(/made in/);
    expect(code).toBe(0);
    expect(await timelessRuns(out, ids)).toEqual(
      new Map(some.map((id) => [id, undisturbed.get(id)!])),
    );
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'stops at %s and leaves nothing half-made',
    async (signal) => {
      const out = at(signal);
      const { child, ended } = startRlvr('sweep', file, '--out', out);
      while ((await historyOf(out)).length === 0) await sleep(20);
      child.kill(signal);
      await ended;
      expect(child.exitCode).toBe(signal === 'SIGINT' ? 130 : 143);
      expect(await leftovers(out)).toEqual([]);
      const made = (await timelessRuns(out, ids)).size;
      await sleep(500);
      expect((await timelessRuns(out, ids)).size).toBe(made);
      expect(made).toBeLessThan(ids.length);
    },
  );

  it('survives ten kills at any moment: nothing lost, nothing run twice, no broken file', async () => {
    const kills = 10;
    let killed = 0;
    /** Starts the sweep and kills it at a random moment, unless it ends before or has been killed often enough. */
    const disturb = async (out: string): Promise<{ done: boolean }> => {
      const random = (which: number) => uniformAt({ seed: 7, stream: 99, step: killed }, which);
      const known = (await historyOf(out)).length;
      const { child, ended } = startRlvr('sweep', file, '--out', out);
      if (killed < kills) {
        // A few kills come before the first run has begun, most of them soon after it.
        if (random(0) > 0.2)
          while (child.exitCode === null && (await historyOf(out)).length === known)
            await sleep(20);
        await sleep(1200 * random(1));
        if (child.exitCode === null) {
          // Half of the time its children are left behind.
          process.kill(random(2) < 0.5 ? child.pid! : -child.pid!, 'SIGKILL');
          killed++;
        }
      }
      await ended;
      return { done: child.exitCode === 0 };
    };
    for (let round = 0; killed < kills; round++) {
      const out = at(`killed-${round}`);
      const seen: { finished: string[]; history: number }[] = [];
      for (let done = false; !done;) {
        ({ done } = await disturb(out));
        const found = await Promise.all(ids.map((id) => readRun(out, id)));
        expect(found.filter(({ kind }) => kind === 'broken')).toEqual([]);
        const finished = ids.filter((_, i) => found[i]!.kind === 'whole');
        seen.push({ finished, history: (await historyOf(out)).length });
      }
      expect(await timelessRuns(out, ids)).toEqual(undisturbed);
      expect(await leftovers(out)).toEqual([]);
      const history = await historyOf(out);
      for (const { finished, history: from } of seen)
        expect(begun(history.slice(from)).filter((id) => finished.includes(id))).toEqual([]);
    }
    expect(killed).toBe(kills);
  }, 180_000);
});
