import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrainRow } from '../../src/experiments/train.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/run/settings.ts';
import { createHost } from '../../src/session/host.ts';
import type { SessionEvent } from '../../src/session/protocol.ts';
import { loseDevice, watchedEngine } from './engines.ts';
import { fetchBase } from './serve.ts';

const small: RunSettings = {
  ...DEFAULT_SETTINGS,
  ...{ steps: 6, prompts: 2, groupSize: 4, evalEvery: 3, evalProblems: 8, evalSamples: 4 },
};

beforeEach(() => vi.stubGlobal('fetch', fetchBase));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A host whose engine calls are seen by `before`; its words on an evaluation come with every call. */
function startHost(before: Parameters<typeof watchedEngine>[0] = () => {}) {
  const events: SessionEvent[] = [];
  let watchers: ((event: SessionEvent) => boolean)[] = [];
  // Every word on an evaluation is due.
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
  const send = createHost(
    (event) => {
      events.push(structuredClone(event));
      watchers = watchers.filter((watcher) => !watcher(event));
    },
    {
      webgl: () => Promise.reject(new Error('none in Node')),
      reference: () => watchedEngine(before),
    },
  );
  const until = (is: (event: SessionEvent) => boolean): Promise<SessionEvent> =>
    new Promise((resolve) => {
      watchers.push((event) => {
        if (is(event)) resolve(event);
        return is(event);
      });
    });
  const load = async (settings: RunSettings): Promise<void> => {
    const ready = until(isState('paused'));
    send({ kind: 'load', run: 1, settings, basesUrl: 'http://localhost/bases/' });
    await ready;
  };
  const rows = (): TrainRow[] =>
    events.flatMap((event) => (event.kind === 'row' ? [{ ...event.row, step_time: 0 }] : []));
  return { events, send, until, load, rows };
}

const isState = (state: string) => (event: SessionEvent) =>
  event.kind === 'state' && event.state === state;
const isEvaluating = (event: SessionEvent): boolean =>
  event.kind === 'progress' && event.progress?.label === 'evaluating problems';

/** The rows of the run that nobody disturbs. */
async function undisturbed(settings: RunSettings): Promise<TrainRow[]> {
  const { load, until, send, rows } = startHost();
  await load(settings);
  const finished = until(isState('finished'));
  send({ kind: 'play' });
  await finished;
  return rows();
}

/** Plays, and cancels at the first word on an evaluation. */
async function cancelled(host: ReturnType<typeof startHost>, by: 'play' | 'step'): Promise<void> {
  const evaluating = host.until(isEvaluating);
  const row = host.until((event) => event.kind === 'row' && event.row.step === 3);
  host.send({ kind: by });
  await evaluating;
  host.send({ kind: 'cancel' });
  await row;
}

describe('an evaluation that is cancelled', () => {
  it('leaves its row without it and the run paused; Play makes it, and the same rows after it', async () => {
    const host = startHost();
    await host.load(small);
    const paused = host.until(isState('paused'));
    await cancelled(host, 'play');
    await paused;
    expect(host.rows().map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    expect(host.rows().at(-1)!.heldOut).toBe(undefined);
    expect(host.events.some(({ kind }) => kind === 'failure')).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(host.rows().length).toBe(4);

    const finished = host.until(isState('finished'));
    host.send({ kind: 'play' });
    await finished;
    const rows = host.rows();
    expect(rows.map(({ step }) => step)).toEqual([0, 1, 2, 3, 3, 4, 5, 6]);
    expect(rows.toSpliced(3, 1)).toEqual(await undisturbed(small));
    // But for the evaluation the two rows of the step are one.
    const { group: _, ...cut } = rows[3]!;
    expect(rows[4]).toMatchObject(cut);
    expect(cut).not.toHaveProperty('isCut');
  });

  it('is made by the next step; of the last step too, which is not the end before', async () => {
    const host = startHost();
    await host.load({ ...small, steps: 3 });
    for (const step of [1, 2]) {
      const made = host.until((event) => event.kind === 'row' && event.row.step === step);
      host.send({ kind: 'step' });
      await made;
    }
    await cancelled(host, 'step');
    const again = host.until((event) => event.kind === 'row');
    host.send({ kind: 'step' });
    await again;
    expect(host.rows().map(({ step, heldOut }) => [step, heldOut !== undefined])).toEqual([
      ...[
        [0, true],
        [1, false],
        [2, false],
      ],
      ...[
        [3, false],
        [3, true],
      ],
    ]);
    const finished = host.until(isState('finished'));
    host.send({ kind: 'play' });
    await finished;
    expect(host.rows()).toHaveLength(5);
  });

  it('disturbs no question about the step that waits for it', async () => {
    const host = startHost();
    await host.load(small);
    await cancelled(host, 'play');
    const answered = host.until(({ kind }) => kind === 'answer' || kind === 'unanswered');
    const question = { kind: 'tree', problem: 2 } as const;
    host.send({ kind: 'ask', run: 1, id: 1, at: 3, question });
    const { answer } = (await answered) as Extract<SessionEvent, { kind: 'answer' }>;
    const again = host.until((event) => event.kind === 'row');
    host.send({ kind: 'step' });
    await again;
    const exact = host.rows().at(-1)!.heldOut!.p[2]!;
    expect((answer as unknown as { p: { now: number } }).p.now).toBeCloseTo(exact, 6);
  });

  it('is made also where the device is lost while the run waits', async () => {
    let breaks = false;
    const host = startHost((verb) => {
      if (!breaks || verb !== 'score') return;
      breaks = false;
      loseDevice();
    });
    await host.load(small);
    await cancelled(host, 'play');
    breaks = true;
    const finished = host.until(isState('finished'));
    host.send({ kind: 'play' });
    await finished;
    expect(host.events.filter(({ kind }) => kind === 'notice')).toHaveLength(1);
    expect(host.rows().toSpliced(3, 1)).toEqual(await undisturbed(small));
  });

  it('of power sampling is made again before its first move', async () => {
    const settings: RunSettings = { ...small, experiment: 'power-sampling', chains: 2, steps: 2 };
    const host = startHost();
    await host.load(settings);
    const evaluating = host.until(isEvaluating);
    const paused = host.until(isState('paused'));
    host.send({ kind: 'play' });
    await evaluating;
    host.send({ kind: 'cancel' });
    await paused;
    const finished = host.until(isState('finished'));
    host.send({ kind: 'play' });
    await finished;
    expect(host.rows().map(({ step }) => step)).toEqual([0, 0, 1, 2]);
    expect(host.rows().slice(1)).toEqual(await undisturbed(settings));
  });
});
