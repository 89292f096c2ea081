import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checksum, serialiseBase } from '../../src/run/bases.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/run/settings.ts';
import type { SessionEvent } from '../../src/session/protocol.ts';
import { fetchBase, loading, startSession } from './serve.ts';

const small: RunSettings = {
  ...{ ...DEFAULT_SETTINGS, steps: 4, prompts: 2, groupSize: 4 },
  ...{ evalEvery: 2, evalProblems: 4, evalSamples: 2 },
};
const basesUrl = 'http://localhost/bases/';

beforeEach(() => vi.stubGlobal('fetch', fetchBase));
afterEach(() => vi.unstubAllGlobals());

/** A session whose run has made so many steps. */
async function ranTo(step: number, settings: RunSettings) {
  const session = startSession();
  await session.reach('paused', loading(1, settings));
  await session.reach(step === settings.steps ? 'finished' : 'paused', {
    kind: 'play',
    ...(step === settings.steps ? {} : { until: step }),
  });
  return session;
}

/** The held-out problems that a session has told of. */
function heldOutOf({ events }: { events: readonly SessionEvent[] }): readonly string[] {
  const ready = events.find((event) => event.kind === 'ready');
  return ready!.problems.heldOut;
}

describe('a run that is kept', () => {
  it.each([
    ['a plain run', small],
    ['a run with a judge', { ...small, verifier: 'co-trained', judgeAnswers: 8 }],
    [
      'generations',
      { ...small, experiment: 'expert-iteration', generationSteps: 2, generationAnswers: 16 },
    ],
    ['a run on stale rollouts', { ...small, staleness: 2 }],
    ['a run with a teacher', { ...small, experiment: 'distillation', teacherAnswers: 16 }],
  ] as [string, RunSettings][])(
    'goes on in another session with the rows that %s would have had',
    async (_, settings) => {
      const whole = await ranTo(4, settings);
      const part = await ranTo(3, settings);
      const kept = await part.keep(1);
      expect(kept.checkpoints.map(({ step }) => step)).toEqual([0, 1, 2, 3]);

      const other = startSession();
      const { shape, checkpoints } = kept;
      const heldOut = heldOutOf(part);
      const open = {
        kind: 'open',
        run: 7,
        settings,
        basesUrl,
        shape,
        checkpoints,
        heldOut,
      } as const;
      await other.reach('paused', open);
      // Nothing is computed again.
      expect(other.rows(7)).toEqual([]);
      await other.reach('finished', { kind: 'play' });
      expect(other.rows(7)).toEqual(whole.rows(1).slice(4));
    },
  );

  it('has the base that it began with, and branches from any of its checkpoints', async () => {
    const settings: RunSettings = {
      ...{ ...small, base: 'live', width: 8, pretrainSteps: 3, steps: 4 },
    };
    const first = await ranTo(4, settings);
    const kept = await first.keep(1);
    const base = kept.checkpoints[0]!.snapshot.parameters;
    expect(kept.baseSha256).toBe(await checksum(serialiseBase(base)));

    const branch = { ...settings, lr: 0.01, steps: 6 };
    const rowsOfBranch = async (session: typeof first, run: number) => {
      await session.reach('paused', { kind: 'branch', run, settings: branch, basesUrl, from: 2 });
      await session.reach('finished', { kind: 'play' });
      return session.rows(run);
    };
    const expected = await rowsOfBranch(first, 2);
    expect(expected.map(({ step }) => step)).toEqual([3, 4, 5, 6]);

    const other = startSession();
    const { shape, checkpoints } = kept;
    const heldOut = heldOutOf(first);
    const open = { kind: 'open', run: 1, settings, basesUrl, shape, checkpoints, heldOut } as const;
    await other.reach('finished', open);
    expect(await rowsOfBranch(other, 2)).toEqual(expected);
    // The base is not trained anew.
    expect(JSON.stringify(other.events)).not.toContain('pretraining');
  });

  it.each([2, 3])(
    'is gone back to after a reset at step %i, and goes on as if undisturbed',
    async (step) => {
      const settings = { ...small, steps: 12 };
      const whole = await ranTo(12, settings);
      const session = await ranTo(step + 6, settings);
      await session.reach('paused', loading(2, { ...settings, seed: 2 }));
      const back = { kind: 'back', run: 3, settings, basesUrl, of: 1, from: step + 6 } as const;
      await session.reach('paused', back);
      // Steps 8 and 9: the first has a checkpoint of its own, the second got one when it was left.
      const checkpoints = session.events.filter((event) => event.kind === 'checkpoints').at(-1);
      expect(checkpoints?.steps.at(-1)).toBe(step + 6);
      await session.reach('finished', { kind: 'play' });
      expect(session.rows(3)).toEqual(whole.rows(1).slice(step + 7));
    },
  );

  it('is gone back to from its last checkpoint where it was left in the middle of a step', async () => {
    const settings = { ...small, steps: 12 };
    const whole = await ranTo(12, settings);
    const session = startSession();
    await session.reach('paused', loading(1, settings));
    const third = session.until((event) => event.kind === 'row' && event.row.step === 3);
    session.send({ kind: 'play' });
    await third;
    await session.reach('paused', loading(2, settings));
    const from = session.rows(1).at(-1)!.step;
    await session.reach('paused', { kind: 'back', run: 3, settings, basesUrl, of: 1, from });
    await session.reach('finished', { kind: 'play' });
    // Up to step 8 each has a checkpoint; that of a step that was made and not told of is not gone on from.
    expect(session.rows(3)).toEqual(whole.rows(1).slice(Math.min(from, 8) + 1));
  });

  it('is gone back to as long as nothing has been loaded since, and in turn with another', async () => {
    const settings = { ...small, steps: 6 };
    const whole = await ranTo(6, settings);
    const session = await ranTo(3, settings);
    const back = (run: number, of: number, from: number, its = settings) =>
      session.reach('paused', { kind: 'back', run, settings: its, basesUrl, of, from });
    await back(2, 1, 3);
    const other = { ...settings, seed: 2 };
    await session.reach('paused', loading(3, other));
    await session.reach('paused', { kind: 'play', until: 2 });
    await back(4, 2, 3);
    // The other one has been left for it.
    await back(5, 3, 2, other);
    await back(6, 4, 3);
    await session.reach('finished', { kind: 'play' });
    expect(session.rows(6)).toEqual(whole.rows(1).slice(4));
  });

  it('is not gone back to when it was forgotten, or is another than the last with a step', async () => {
    const refused = async (session: Awaited<ReturnType<typeof ranTo>>, of: number) => {
      await session.reach('failed', {
        kind: 'back',
        run: 9,
        settings: small,
        basesUrl,
        of,
        from: 2,
      });
      return session.events.find(({ kind }) => kind === 'failure');
    };
    const message = 'the run that was left is no longer kept';
    const session = await ranTo(2, small);
    await session.reach('paused', loading(2, small));
    // One without a step does not take its place.
    await session.reach('paused', loading(3, small));
    await session.reach('paused', {
      kind: 'back',
      run: 4,
      settings: small,
      basesUrl,
      of: 1,
      from: 2,
    });
    expect(await refused(session, 2)).toMatchObject({ message });
    const forgetful = await ranTo(2, small);
    await forgetful.reach('paused', loading(2, small));
    forgetful.send({ kind: 'forget' });
    expect(await refused(forgetful, 1)).toMatchObject({ message });
  });

  it('does not go on where other problems are held out by now, and says which', async () => {
    const part = await ranTo(3, small);
    const { shape, checkpoints } = await part.keep(1);
    const [first, ...others] = heldOutOf(part);
    const session = startSession();
    await session.reach('paused', {
      ...{ kind: 'open', run: 7, settings: small, basesUrl, shape, checkpoints },
      heldOut: ['1 1 1 → 3', ...others],
    });
    await session.reach('failed', { kind: 'play' });
    expect(session.rows(7)).toEqual([]);
    expect(session.events.find(({ kind }) => kind === 'failure')).toMatchObject({
      message: `the run cannot go on: an earlier version held out other problems, such as ‘1 1 1 → 3’ in the place of ‘${first}’; what it shows stays as it was`,
    });
  });

  it('is refused by the session where no checkpoint came with it', async () => {
    const session = startSession();
    const { shape } = JSON.parse(await (await fetchBase('countdown-3.json')).text());
    await session.reach('failed', {
      ...{ kind: 'open', run: 1, settings: small, basesUrl, shape, checkpoints: [] },
      heldOut: [],
    });
    expect(session.events.find(({ kind }) => kind === 'failure')).toMatchObject({
      message: 'the run has no checkpoint to go on from',
    });
  });
});
