import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/run/settings.ts';
import type { SessionCommand } from '../../src/session/protocol.ts';
import { changedEngine } from './engines.ts';
import { fetchBase, loading, startSession } from './serve.ts';

const settings: RunSettings = {
  ...DEFAULT_SETTINGS,
  ...{ steps: 3, prompts: 2, groupSize: 4, evalEvery: 3, evalProblems: 8, evalSamples: 0 },
};
const load = (run: number, changes: Partial<RunSettings> = {}): SessionCommand =>
  loading(run, { ...settings, ...changes });

beforeEach(() => vi.stubGlobal('fetch', fetchBase));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A reference engine whose policies cannot be disposed of while `breaks` says so. */
const engineThat = (breaks: () => boolean): Engine =>
  changedEngine(({ dispose }) => ({
    dispose() {
      if (breaks()) throw new Error('it cannot be let go');
      dispose();
    },
  }));

describe('a session', () => {
  it('that fails where nobody foresaw it says so, and does what is asked after', async () => {
    let breaks = false;
    const session = startSession({ reference: () => engineThat(() => breaks) });
    await session.reach('paused', load(1));
    breaks = true;
    await session.reach('failed', load(2));
    expect(session.events.find(({ kind }) => kind === 'failure')).toMatchObject({
      run: 2,
      message: 'it cannot be let go',
    });
    breaks = false;
    await session.reach('finished', load(3), { kind: 'play' });
    expect(session.rows(3).map(({ step }) => step)).toEqual([0, 1, 2, 3]);
  });

  it('refuses a question about a run that is not there', async () => {
    const session = startSession();
    await session.reach('paused', load(2));
    const ask = (run: number, id: number): void =>
      session.send({ kind: 'ask', run, id, at: null, question: { kind: 'kept' } });
    ask(1, 1);
    ask(2, 2);
    await vi.waitFor(() =>
      expect(session.events.filter(({ kind }) => /answer/.test(kind))).toMatchObject([
        { kind: 'unanswered', run: 1, id: 1, message: 'another run has begun' },
        { kind: 'answer', run: 2, id: 2 },
      ]),
    );
  });

  it('says nothing of what it prepared any more once a run that was kept is open', async () => {
    const first = startSession();
    await first.reach('finished', load(1), { kind: 'play' });
    const { shape, checkpoints } = await first.keep(1);

    const fresh = startSession();
    await fresh.reach('finished', {
      ...load(1),
      kind: 'open',
      shape,
      checkpoints,
      heldOut: first.events.find((event) => event.kind === 'ready')!.problems.heldOut,
    } as SessionCommand);
    const told = fresh.events.filter((event) => event.kind === 'progress');
    expect(told[0]).toMatchObject({ progress: { label: 'base policy' } });
    expect(told.at(-1)).toMatchObject({ progress: null });
  });
});

describe('what takes long', () => {
  /** What is said of the time left, by label, on a clock that goes on by `ms` with each look at it. */
  async function timesTold(ms: number, changes: Partial<RunSettings>) {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += ms));
    // An engine that does not look at the clock too.
    const session = startSession({ reference: () => createReferenceEngine() });
    await session.reach('paused', load(1, changes));
    return session.events.flatMap((event) =>
      event.kind === 'progress' && event.progress
        ? [[event.progress.label.split(',')[0], event.progress.secondsLeft] as const]
        : [],
    );
  }
  const timesOf = (
    told: readonly (readonly [string | undefined, number | undefined])[],
    of: string,
  ) => told.flatMap(([label, seconds]) => (label === of ? [seconds] : []));

  it('is told of while a base is evaluated', async () => {
    const problems = { evalProblems: 40, evalSamples: 128 };
    const long = timesOf(await timesTold(3000, problems), 'evaluating the base');
    // Sampling, of four problems at once, is most of it.
    expect(long.length).toBeGreaterThan(10);
    expect(long.at(-2)).toBeGreaterThan(0);
    const told = long.filter((seconds) => seconds !== undefined);
    expect(told.length).toBeGreaterThanOrEqual(10);
    const short = timesOf(await timesTold(70, problems), 'evaluating the base');
    expect(short.length).toBeGreaterThan(3);
    expect(short.every((seconds) => seconds === undefined)).toBe(true);
  });

  it('is told of from the first step of a pretraining on', async () => {
    const live = { base: 'live', width: 8, pretrainSteps: 20 } as const;
    const told = timesOf(await timesTold(1000, live), 'pretraining');
    expect(told.map((seconds) => Math.round(seconds!))).toEqual(
      Array.from({ length: 20 }, (_, n) => 19 - n),
    );
    expect(timesOf(await timesTold(100, live), 'pretraining')).toEqual(Array(20).fill(undefined));
  });
});
