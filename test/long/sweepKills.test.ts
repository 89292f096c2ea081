import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HISTORY } from '../../src/cli/sweep/makeRun.ts';
import { readRun } from '../../src/cli/sweep/runFile.ts';
import { uniformAt } from '../../src/core/random.ts';
import { cli } from '../cli/inProcess.ts';
import {
  begun,
  CLI,
  historyOf,
  leftovers,
  linesOf,
  root,
  startRlvr,
  timelessRuns,
  TINY,
  writeSweep,
} from '../cli/sweepRuns.ts';

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
  ids = linesOf((await cli('sweep', file, '--list')).stdout);
  const made = await cli('sweep', file, '--out', whole);
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

describe('a sweep of many processes', () => {
  it('stops at SIGINT and leaves nothing half-made', async () => {
    const out = at('stopped');
    const { child, ended } = startRlvr('sweep', file, '--jobs', '1', '--out', out);
    while ((await historyOf(out)).length === 0) await sleep(20);
    child.kill('SIGINT');
    await ended;
    expect(child.exitCode).toBe(130);
    expect(await leftovers(out)).toEqual([]);
    expect((await timelessRuns(out, ids)).size).toBeLessThan(ids.length);
  }, 60_000);

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
  }, 120_000);

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
    120_000,
  );

  it('has a child that does not outlive it, though it has long to compute', async () => {
    const settings = { ...TINY, steps: 100_000, 'eval-every': 1000 };
    const out = at('orphan');
    const long = await writeSweep(at('long.json'), { settings, seeds: [1] });
    const { child, ended } = startRlvr('sweep', long, '--jobs', '1', '--out', out);
    while ((await historyOf(out)).length === 0) await sleep(20);
    const maker = Number(
      linesOf(await readFile(join(out, HISTORY), 'utf8'))[0]!
        .split(' ')
        .at(-1),
    );
    await sleep(1000);
    expect(process.kill(maker, 0)).toBe(true);
    process.kill(child.pid!, 'SIGKILL');
    await ended;
    const isGone = () => {
      try {
        return !process.kill(maker, 0);
      } catch {
        return true;
      }
    };
    await expect.poll(isGone, { timeout: 10_000 }).toBe(true);
    expect((await historyOf(out)).map(({ what }) => what)).toEqual(['began']);
  }, 60_000);

  it('survives ten kills at any moment: nothing lost, no finished run made again, no broken file', async () => {
    const kills = 10;
    let [killed, starts] = [0, 0];
    /** Starts the sweep and kills it at a random moment, unless it ends before or has been killed often enough. */
    const disturb = async (out: string): Promise<{ done: boolean }> => {
      // Another moment after one that came too late.
      const step = starts++;
      const random = (which: number) => uniformAt({ seed: 7, stream: 99, step }, which);
      const known = (await historyOf(out)).length;
      const { child, ended } = startRlvr('sweep', file, '--out', out);
      if (killed < kills) {
        // A few kills come before the first run has begun, most of them soon after it.
        if (random(0) > 0.2)
          while (child.exitCode === null && (await historyOf(out)).length === known)
            await sleep(20);
        // Its runs take about as long.
        await sleep(700 * random(1));
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
