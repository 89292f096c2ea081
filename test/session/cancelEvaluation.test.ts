import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrainRow } from '../../src/experiments/train.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/run/settings.ts';
import type { SessionEvent } from '../../src/session/protocol.ts';
import { loseDevice, watchedEngine } from './engines.ts';
import { fetchBase, isState, loading, startSession } from './serve.ts';

const small: RunSettings = {
  ...DEFAULT_SETTINGS,
  ...{ steps: 6, prompts: 2, groupSize: 4, evalEvery: 3, evalProblems: 8, evalSamples: 4 },
};

beforeEach(() => vi.stubGlobal('fetch', fetchBase));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A session whose engine calls are seen by `before`; its words on an evaluation come with every call. */
function startHost(before: Parameters<typeof watchedEngine>[0] = () => {}) {
  // Every word on an evaluation is due.
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
  return startSession({ reference: () => watchedEngine(before) });
}

const isEvaluating = (event: SessionEvent): boolean =>
  event.kind === 'progress' && event.progress?.label === 'evaluating problems';

/** The rows of the run that nobody disturbs. */
async function undisturbed(settings: RunSettings): Promise<TrainRow[]> {
  const host = startHost();
  await host.reach('paused', loading(1, settings));
  await host.reach('finished', { kind: 'play' });
  return host.rows(1);
}

/** Plays, and cancels at the first word on an evaluation. */
async function cancelled(host: ReturnType<typeof startHost>, by: 'play' | 'step'): Promise<void> {
  const evaluating = host.until(isEvaluating);
  const row = host.until((event) => event.kind === 'row' && event.row.step === 1);
  host.send({ kind: by });
  await evaluating;
  host.send({ kind: 'cancel' });
  await row;
}

describe('an evaluation that is cancelled', () => {
  it('leaves its row without it and the run paused; Play makes it, and the same rows after it', async () => {
    const host = startHost();
    await host.reach('paused', loading(1, small));
    const paused = host.until(isState('paused'));
    await cancelled(host, 'play');
    await paused;
    expect(host.rows(1).map(({ step }) => step)).toEqual([0, 1]);
    expect(host.rows(1).at(-1)!.heldOut).toBe(undefined);
    expect(host.events.some(({ kind }) => kind === 'failure')).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(host.rows(1).length).toBe(2);

    await host.reach('finished', { kind: 'play' });
    const rows = host.rows(1);
    expect(rows.map(({ step }) => step)).toEqual([0, 1, 1, 2, 3, 4, 5, 6]);
    expect(rows.toSpliced(1, 1)).toEqual(await undisturbed(small));
    // But for the evaluation the two rows of the step are one.
    const { group: _, ...cut } = rows[1]!;
    expect(rows[2]).toMatchObject(cut);
    expect(cut).not.toHaveProperty('isCut');
  });

  it('is made by the next step; of the last step too, which is not the end before', async () => {
    const host = startHost();
    await host.reach('paused', loading(1, { ...small, steps: 1 }));
    await cancelled(host, 'step');
    const again = host.until((event) => event.kind === 'row');
    host.send({ kind: 'step' });
    await again;
    expect(host.rows(1).map(({ step, heldOut }) => [step, heldOut !== undefined])).toEqual([
      [0, true],
      [1, false],
      [1, true],
    ]);
    await host.reach('finished', { kind: 'play' });
    expect(host.rows(1)).toHaveLength(3);
  });

  it('disturbs no question about the step that waits for it', async () => {
    const host = startHost();
    await host.reach('paused', loading(1, small));
    await cancelled(host, 'play');
    const answered = host.until(({ kind }) => kind === 'answer' || kind === 'unanswered');
    const question = { kind: 'tree', problem: 2 } as const;
    host.send({ kind: 'ask', run: 1, id: 1, at: 1, question });
    const { answer } = (await answered) as Extract<SessionEvent, { kind: 'answer' }>;
    const again = host.until((event) => event.kind === 'row');
    host.send({ kind: 'step' });
    await again;
    const exact = host.rows(1).at(-1)!.heldOut!.p[2]!;
    expect((answer as unknown as { p: { now: number } }).p.now).toBeCloseTo(exact, 6);
  });

  it('is made also where the device is lost while the run waits', async () => {
    let breaks = false;
    const host = startHost((verb) => {
      if (!breaks || verb !== 'score') return;
      breaks = false;
      loseDevice();
    });
    await host.reach('paused', loading(1, small));
    await cancelled(host, 'play');
    breaks = true;
    await host.reach('finished', { kind: 'play' });
    expect(host.events.filter(({ kind }) => kind === 'notice')).toHaveLength(1);
    expect(host.rows(1).toSpliced(1, 1)).toEqual(await undisturbed(small));
  });

  it('of power sampling is made again before its first move', async () => {
    const settings: RunSettings = { ...small, experiment: 'power-sampling', chains: 2, steps: 2 };
    const host = startHost();
    await host.reach('paused', loading(1, settings));
    const evaluating = host.until(isEvaluating);
    const paused = host.until(isState('paused'));
    host.send({ kind: 'play' });
    await evaluating;
    host.send({ kind: 'cancel' });
    await paused;
    await host.reach('finished', { kind: 'play' });
    expect(host.rows(1).map(({ step }) => step)).toEqual([0, 0, 1, 2]);
    expect(host.rows(1).slice(1)).toEqual(await undisturbed(settings));
  });
});
