import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../src/policy/policy.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/run/settings.ts';
import type { SessionCommand, SessionEvent } from '../../src/session/protocol.ts';
import { changedEngine, watchedEngine } from './engines.ts';
import { fetchBase, loading, startSession } from './serve.ts';

const small: RunSettings = {
  ...DEFAULT_SETTINGS,
  ...{ steps: 1, prompts: 2, groupSize: 4, evalEvery: 1, evalProblems: 8, evalSamples: 0 },
};

beforeEach(() => vi.stubGlobal('fetch', fetchBase));
afterEach(() => vi.unstubAllGlobals());

const startHost = (engine: Engine) => startSession({ reference: () => engine });

const tree = (id: number): SessionCommand => ({
  ...{ kind: 'ask', run: 1, id, at: 0 },
  question: { kind: 'tree', problem: 3 },
});
const isToldOf = (id: number) => (event: SessionEvent) =>
  (event.kind === 'answer' || event.kind === 'unanswered') && event.id === id;

describe('a question that is taken back', () => {
  it('ends between two scorings, and what is asked after it is answered', async () => {
    let counts = false;
    let calls = 0;
    let act: (() => void) | null = null;
    const host = startHost(
      watchedEngine((verb) => {
        if (!counts || verb !== 'score') return;
        if (++calls === 3) act?.();
      }),
    );
    await host.reach('paused', loading(1, small));
    counts = true;
    const whole = host.until(isToldOf(1));
    host.send(tree(1));
    expect(await whole).toMatchObject({ kind: 'answer' });
    const callsOfWhole = calls;
    expect(callsOfWhole).toBeGreaterThan(6);

    calls = 0;
    act = () => host.send({ kind: 'take back', run: 1, id: 2 });
    const ended = host.until(isToldOf(2));
    host.send(tree(2));
    expect(await ended).toMatchObject({
      kind: 'unanswered',
      message: 'the question was taken back',
    });
    // The third scoring is under way when the word comes; no fourth is begun.
    expect(calls).toBe(3);
    act = null;
    const next = host.until(isToldOf(3));
    host.send(tree(3));
    expect(await next).toMatchObject({ kind: 'answer' });
  });

  it('that has not been begun is never answered', async () => {
    const host = startHost(watchedEngine(() => {}));
    await host.reach('paused', loading(1, small));
    const last = host.until(isToldOf(3));
    for (const id of [1, 2, 3]) host.send(tree(id));
    host.send({ kind: 'take back', run: 1, id: 2 });
    await last;
    const told = host.events.flatMap((event) => (event.kind === 'answer' ? [event.id] : []));
    expect(told).toEqual([1, 3]);
  });

  it('of another run, or that has been answered, takes nothing from the one that is asked', async () => {
    const host = startHost(watchedEngine(() => {}));
    await host.reach('paused', loading(1, small));
    const told = host.until(isToldOf(1));
    host.send(tree(1));
    host.send({ kind: 'take back', run: 7, id: 1 });
    host.send({ kind: 'take back', run: 1, id: 4 });
    expect(await told).toMatchObject({ kind: 'answer' });
  });

  it('makes way for a run that begins meanwhile', async () => {
    let calls = -Infinity;
    const host = startHost(
      watchedEngine((verb) => {
        if (verb !== 'score' || ++calls !== 2) return;
        host.send(loading(2, small));
      }),
    );
    await host.reach('paused', loading(1, small));
    const loaded = host.until((event) => event.kind === 'row' && event.run === 2);
    const ended = host.until(isToldOf(1));
    calls = 0;
    host.send(tree(1));
    expect(await ended).toMatchObject({ kind: 'unanswered', message: 'another run has begun' });
    expect(calls).toBe(2);
    await loaded;
  });
});

describe('an evaluation that takes long', () => {
  /** An engine on which every scoring takes 120 ms longer: what is told is told every 200 ms. */
  const slow = (): Engine =>
    changedEngine(({ score }) => ({
      async score(request) {
        await new Promise((resolve) => setTimeout(resolve, 120));
        return score(request);
      },
    }));
  const progressOf = (events: readonly SessionEvent[]) =>
    events.flatMap((event) => (event.kind === 'progress' ? [event.progress] : []));

  it('is told of with the problems that are done, and no more once its row is there', async () => {
    const host = startHost(slow());
    await host.reach('paused', loading(1, { ...small, answerProblems: 1 }));
    const base = progressOf(host.events).filter((each) => each?.label === 'evaluating the base');
    expect(base.length).toBeGreaterThan(1);
    const { done, total } = base.at(-1)!;
    // Held-out and training problems, and two passes over one of them for each of base, teacher and now.
    expect(total).toBe(8 + 8 + 2 * 3 * 1);
    expect(done).toBeGreaterThan(16);
    expect(progressOf(host.events).at(-1)).toBe(null);

    const from = host.events.length;
    await host.reach('finished', { kind: 'play' });
    const during = progressOf(host.events.slice(from));
    expect(during.filter((each) => each?.label === 'evaluating problems').length).toBeGreaterThan(
      1,
    );
    expect(during.at(-1)).toBe(null);
  });

  it('ends when another run begins', async () => {
    const host = startHost(slow());
    const evaluating = host.until(
      (event) => event.kind === 'progress' && (event.progress?.done ?? 0) > 0,
    );
    const settings = { ...small, answerProblems: 4 };
    host.send(loading(1, settings));
    await evaluating;
    const ready = host.until((event) => event.kind === 'state' && event.state === 'paused');
    host.send(loading(2, small));
    expect(await ready).toMatchObject({ run: 2 });
    const rows = host.events.flatMap((event) => (event.kind === 'row' ? [event.run] : []));
    expect(rows).toEqual([2]);
    expect(host.events.some(({ kind }) => kind === 'failure')).toBe(false);
  });
});
