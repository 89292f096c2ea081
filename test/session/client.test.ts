import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectSession } from '../../src/session/client.ts';
import type { ClientEvent, FromWorker, ToWorker } from '../../src/session/protocol.ts';
import { BEAT_MS, SILENT_MS } from '../../src/session/silence.ts';

/** What the page has of a worker, which a test plays. */
class FakeWorker {
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: ((event: { message?: string }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  got: ToWorker[] = [];
  isTerminated = false;
  constructor() {
    workers.push(this);
  }
  postMessage(message: ToWorker): void {
    if (!this.isTerminated) this.got.push(structuredClone(message));
  }
  terminate(): void {
    this.isTerminated = true;
  }
  says(data: FromWorker): void {
    this.onmessage?.({ data });
  }
}

let workers: FakeWorker[];
let events: ClientEvent[];
/** Locks that are asked for, by name, with what is done when they are free. */
let locks: Map<string, () => void>;
const hosts = vi.hoisted(() => [] as { got: unknown[]; post(event: unknown): void }[]);

vi.mock('../../src/session/host.ts', () => ({
  createHost(post: (event: unknown) => void) {
    const got: unknown[] = [];
    hosts.push({ got, post });
    return (command: unknown) => got.push(command);
  },
}));

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  events = [];
  locks = new Map();
  hosts.length = 0;
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('document', { hidden: false, createElement: () => ({ getContext: () => null }) });
  vi.stubGlobal('navigator', {
    locks: { request: async (name: string, act: () => void) => void locks.set(name, act) },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const PLAY = { kind: 'play' } as const;
const PAUSED = { kind: 'state', run: 1, state: 'paused' } as const;

/** A session whose worker has begun, and has said that the run is paused. */
function begun(lifeline: string | null = null) {
  const session = connectSession((event) => events.push(event));
  const worker = workers[0]!;
  worker.says({ kind: 'capabilities', webgl2: true, lifeline });
  worker.says(PAUSED);
  return { session, worker };
}

describe('a session in a worker', () => {
  it('gets what was sent before it began, and tells what its worker tells', () => {
    const session = connectSession((event) => events.push(event));
    session.send(PLAY);
    expect(workers[0]!.got).toEqual([]);
    workers[0]!.says({ kind: 'capabilities', webgl2: true, lifeline: null });
    workers[0]!.says(PAUSED);
    expect(workers[0]!.got).toEqual([PLAY]);
    expect(events).toEqual([PAUSED]);
  });

  it.each([
    [
      'throws',
      (worker: FakeWorker) => worker.onerror!({ message: 'Uncaught Error: boom' }),
      'the worker that computes has failed: Uncaught Error: boom',
    ],
    [
      'says what cannot be read',
      (worker: FakeWorker) => worker.onmessageerror!(),
      'the worker that computes has failed: what it computed could not be read',
    ],
    ['ends', () => locks.get('its life')!(), 'the worker that computes has ended'],
  ])('is lost, once, when its worker %s', (_, dies, message) => {
    const { session, worker } = begun('its life');
    dies(worker);
    expect(events).toEqual([PAUSED, { kind: 'lost', message }]);
    expect(worker.isTerminated).toBe(true);
    // Nothing comes after, whatever happens, and nobody takes its place.
    worker.onerror!({ message: 'again' });
    worker.says(PAUSED);
    locks.get('its life')!();
    session.send(PLAY);
    session.dispose();
    vi.advanceTimersByTime(3 * SILENT_MS);
    expect(events).toHaveLength(2);
    expect(hosts).toEqual([]);
  });

  it('is not lost by being left: its worker ends, and nobody hears of it', () => {
    const { session, worker } = begun('its life');
    session.dispose();
    expect(worker.isTerminated).toBe(true);
    locks.get('its life')!();
    worker.says(PAUSED);
    vi.advanceTimersByTime(3 * SILENT_MS);
    expect(events).toEqual([PAUSED]);
  });

  it('tells when its worker does not answer, and when it does again', () => {
    const { worker } = begun();
    vi.advanceTimersByTime(BEAT_MS);
    expect(worker.got).toEqual([{ kind: 'ping' }]);
    worker.says({ kind: 'pong' });
    expect(events).toEqual([PAUSED]);
    vi.advanceTimersByTime(BEAT_MS + SILENT_MS);
    expect(events.at(-1)).toEqual({ kind: 'silent', seconds: 45 });
    // Any word is a sign of life.
    worker.says(PAUSED);
    expect(events.slice(1)).toEqual([{ kind: 'silent', seconds: 45 }, { kind: 'answers' }, PAUSED]);
    expect(worker.isTerminated).toBe(false);
  });
});

describe('a session in the page', () => {
  /** Until all that is on its way has come. */
  const settled = () => vi.advanceTimersByTimeAsync(1);

  it.each([
    ['does not start', () => workers[0]!.onerror!({})],
    ['says nothing for ten seconds', () => vi.advanceTimersByTime(10_000)],
  ])('takes the place of a worker that %s', async (_, fails) => {
    const session = connectSession((event) => events.push(event));
    session.send(PLAY);
    fails();
    await vi.waitFor(() => expect(hosts).toHaveLength(1));
    expect(workers[0]!.isTerminated).toBe(true);
    expect(hosts[0]!.got).toEqual([PLAY]);
    hosts[0]!.post(PAUSED);
    expect(events).toEqual([PAUSED]);
    // Nobody watches over the page.
    await vi.advanceTimersByTimeAsync(3 * SILENT_MS);
    expect(events).toEqual([PAUSED]);
    session.dispose();
    hosts[0]!.post(PAUSED);
    expect(hosts[0]!.got).toEqual([PLAY, { kind: 'stop' }]);
    expect(events).toEqual([PAUSED]);
  });

  it('begins where there are no workers at all', async () => {
    vi.stubGlobal('Worker', undefined);
    connectSession((event) => events.push(event)).send(PLAY);
    await vi.waitFor(() => expect(hosts[0]?.got).toEqual([PLAY]));
    await settled();
    expect(events).toEqual([]);
  });

  it('leaves no WebGL context behind by asking for one', async () => {
    const loseContext = vi.fn();
    const createElement = () => ({ getContext: () => ({ getExtension: () => ({ loseContext }) }) });
    vi.stubGlobal('document', { hidden: false, createElement });
    connectSession((event) => events.push(event));
    workers[0]!.says({ kind: 'capabilities', webgl2: false, lifeline: null });
    await vi.waitFor(() => expect(hosts).toHaveLength(1));
    expect(loseContext).toHaveBeenCalledOnce();
  });

  it('is lost where what computes cannot be loaded', async () => {
    const failing = vi.spyOn(hosts, 'push').mockImplementation(() => {
      throw new Error('no such file');
    });
    vi.stubGlobal('Worker', undefined);
    connectSession((event) => events.push(event));
    await vi.waitFor(() => expect(events).toHaveLength(1));
    failing.mockRestore();
    expect(events).toEqual([
      { kind: 'lost', message: 'the engine could not be loaded: no such file' },
    ]);
  });
});
