import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrainRow } from '../../../src/experiments/train.ts';
import type { ClientEvent, SessionCommand } from '../../../src/session/protocol.ts';

interface FakeSession {
  tell(event: ClientEvent): void;
  got: SessionCommand[];
  isDisposed: boolean;
}
const sessions = vi.hoisted(() => [] as FakeSession[]);

vi.mock('../../../src/session/client.ts', () => ({
  connectSession(onEvent: (event: ClientEvent) => void) {
    const session: FakeSession = {
      got: [],
      isDisposed: false,
      tell: (event) => !session.isDisposed && onEvent(event),
    };
    sessions.push(session);
    return {
      send: (command: SessionCommand) => session.got.push(command),
      dispose: () => (session.isDisposed = true),
    };
  },
}));

// Made anew with the session that is not one, whatever another file has loaded before.
vi.resetModules();
const { Playground } = await import('../../../src/ui/state/playground.svelte.ts');

beforeEach(() => {
  // What a page has still to draw ends with its test.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  sessions.length = 0;
  vi.stubGlobal('document', {
    ...{ addEventListener: () => {}, hidden: false },
    ...{ querySelector: () => null, baseURI: 'http://localhost/' },
  });
  vi.stubGlobal('location', { href: 'http://localhost/', hash: '' });
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => setTimeout(act));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
  vi.stubGlobal(
    'MessageChannel',
    class {
      port1 = { onmessage: () => undefined, close: () => undefined };
      port2 = { postMessage: () => setTimeout(() => this.port1.onmessage()) };
    },
  );
  vi.stubGlobal('fetch', () => Promise.reject(new Error('there is no network')));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const row = (step: number, step_time: number): TrainRow =>
  ({ step, step_time }) as unknown as TrainRow;
const kinds = ({ got }: FakeSession): string[] => got.map(({ kind }) => kind);

/** A page whose run plays and has three rows, of steps that took so many seconds. */
function playing(seconds = 0) {
  const page = new Playground({ link: null, address: 'left', recorded: 'none' });
  page.play();
  const session = sessions.at(-1)!;
  const run = session.got.flatMap((command) => ('run' in command ? [command.run] : [])).at(-1)!;
  session.tell({ kind: 'state', run, state: 'playing' });
  const memory = { tensors: 0, bytes: 0 };
  for (const step of [0, 1, 2]) session.tell({ kind: 'row', run, row: row(step, seconds), memory });
  // Which shows them, and makes no difference to a run that plays.
  session.tell({ kind: 'state', run, state: 'paused' });
  session.tell({ kind: 'state', run, state: 'playing' });
  session.tell({ kind: 'checkpoints', run, steps: [0, 1, 2], bytes: 0 });
  return { page, session, run };
}

describe('a page whose session is lost', () => {
  it('says so and keeps the rows, and Reset and Play begin another', () => {
    const { page, session } = playing();
    session.tell({ kind: 'lost', message: 'it has ended' });
    expect(page.run.phase).toEqual({ kind: 'failed', why: 'it has ended' });
    expect(page.run.rows.map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(page.run.checkpoints).toEqual([]);
    page.reset();
    expect(page.run.phase).toEqual({ kind: 'loading', progress: null });
    expect(page.run.rows).toEqual([]);
    page.play();
    expect(sessions).toHaveLength(2);
    expect(kinds(sessions[1]!)).toEqual(['speed', 'load', 'play']);
    expect(kinds(session)).toEqual(['speed', 'load', 'play']);
  });

  it('leaves no question open, and begins no session to ask another', async () => {
    const { page, session } = playing();
    const asked = page.ask({ kind: 'kept' }, null);
    session.tell({ kind: 'lost', message: 'it has ended' });
    await expect(asked).rejects.toThrow('the session has ended');
    await expect(page.ask({ kind: 'kept' }, null)).rejects.toThrow('the session has ended');
    expect(sessions).toHaveLength(1);
  });
});

describe('a page whose session does not answer', () => {
  it('says for how long, until it answers; who waits is told again later', () => {
    const { page, session } = playing();
    session.tell({ kind: 'silent', seconds: 45 });
    expect(page.port.silence).toEqual({ seconds: 45, isPatient: false });
    expect(page.run.phase.kind).toBe('playing');
    page.port.wait();
    expect(page.port.silence).toEqual({ seconds: 45, isPatient: true });
    session.tell({ kind: 'silent', seconds: 90 });
    expect(page.port.silence).toEqual({ seconds: 90, isPatient: false });
    session.tell({ kind: 'answers' });
    expect([page.port.silence, page.run.phase.kind]).toEqual([null, 'playing']);
    page.reset();
    expect(sessions).toHaveLength(1);
  });

  it('says nothing as long as its work may take by what is known of it', () => {
    const { page, session, run } = playing();
    const progress = { label: 'drawing', done: 0, total: 1, secondsLeft: 50 };
    session.tell({ kind: 'progress', run, progress });
    session.tell({ kind: 'silent', seconds: 90 });
    expect(page.port.silence).toBe(null);
    session.tell({ kind: 'silent', seconds: 135 });
    expect(page.port.silence?.seconds).toBe(135);

    const slow = playing(30);
    slow.session.tell({ kind: 'silent', seconds: 45 });
    expect(slow.page.port.silence).toBe(null);
    slow.session.tell({ kind: 'silent', seconds: 90 });
    expect(slow.page.port.silence?.seconds).toBe(90);
  });

  it.each(['Reset', 'Cancel and Play'])('begins another by %s', (by) => {
    const { page, session } = playing();
    session.tell({ kind: 'silent', seconds: 45 });
    page.port.wait();
    if (by === 'Reset') page.reset();
    else {
      page.cancel();
      expect(page.run.phase.kind).toBe('cancelled');
      page.play();
    }
    expect(session.isDisposed).toBe(true);
    expect(page.port.silence).toBe(null);
    expect(kinds(sessions[1]!).slice(0, 2)).toEqual(['speed', 'load']);
  });
});

describe('what a fast session tells', () => {
  /** Frames are made by the test. */
  let frames: (() => void)[];
  beforeEach(() => {
    frames = [];
    vi.stubGlobal('requestAnimationFrame', (act: () => void) => frames.push(act));
    vi.stubGlobal('cancelAnimationFrame', () => {});
  });
  const memory = { tensors: 0, bytes: 0 };

  it('reaches the figures in one piece a frame, with what is said beside the rows', () => {
    const { page, session, run } = playing();
    const before = page.run.rows;
    for (let step = 3; step < 60; step++) {
      session.tell({ kind: 'progress', run, progress: { label: 'a step', done: step, total: 60 } });
      session.tell({ kind: 'row', run, row: row(step, 0), memory: { tensors: step, bytes: 0 } });
    }
    expect([page.run.rows, page.run.progress, page.run.memory?.tensors]).toEqual([before, null, 0]);
    expect(page.run.rowsUpTo(59)).toHaveLength(60);
    for (const act of frames.splice(0)) act();
    expect(page.run.rows.map(({ step }) => step)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    expect([page.run.progress?.done, page.run.memory?.tensors]).toEqual([59, 59]);
    expect(frames).toEqual([]);
  });

  it('reaches them also where there are no frames, and at once where the run stops', () => {
    const { page, session, run } = playing();
    session.tell({ kind: 'row', run, row: row(3, 0), memory });
    session.tell({ kind: 'row', run, row: row(4, 0), memory });
    expect(page.run.step).toBe(2);
    vi.advanceTimersByTime(1000);
    expect(page.run.step).toBe(4);
    session.tell({ kind: 'row', run, row: row(5, 0), memory });
    session.tell({ kind: 'state', run, state: 'finished' });
    expect(page.run.step).toBe(5);
  });

  it('is not of the run that begins meanwhile', () => {
    const { page, session, run } = playing();
    const progress = { label: 'a step', done: 1, total: 2 };
    session.tell({ kind: 'progress', run, progress });
    session.tell({ kind: 'row', run, row: row(3, 0), memory });
    page.reset();
    for (const act of frames.splice(0)) act();
    expect([page.run.rows, page.run.progress]).toEqual([[], null]);
  });
});

describe('a run that was left', () => {
  const tellAll = (session: FakeSession, run: number, ...rows: TrainRow[]) => {
    for (const each of rows)
      session.tell({ kind: 'row', run, row: each, memory: { tensors: 0, bytes: 0 } });
  };
  /** What the session is told to load last. */
  const loaded = ({ got }: FakeSession) => got.filter((command) => 'basesUrl' in command).at(-1)!;

  it('by Reset comes back with its rows and settings, and goes on playing', () => {
    const { page, session, run } = playing();
    page.settings.seed = 7;
    const before = page.run.save();
    page.reset();
    expect(page.run.rows).toEqual([]);
    expect(page.left.kept?.run.rows).toHaveLength(3);
    page.undo();
    expect(page.left.kept).toBeNull();
    expect([page.run.id, page.run.settings]).toEqual([before.id, before.settings]);
    expect(page.settings.seed).toBe(7);
    expect(page.run.rows.map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(kinds(session).slice(-3)).toEqual(['load', 'back', 'play']);
    const back = loaded(session);
    expect(back).toMatchObject({ of: run, from: 2, settings: { seed: before.settings.seed } });
    // What its session makes again after the last checkpoint is on screen by now.
    const [kept] = page.run.rows.slice(-1);
    tellAll(session, back.run, row(1, 9), row(3, 0));
    session.tell({ kind: 'state', run: back.run, state: 'paused' });
    expect(page.run.rows.map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    expect(page.run.rows[2]).toBe(kept);
  });

  it('by a new seed comes back at rest where it was at rest, with the seed of the controls', () => {
    const { page, session, run } = playing();
    session.tell({ kind: 'state', run, state: 'paused' });
    const { seed } = page.settings;
    page.newSeed();
    expect(page.run.settings.seed).toBe(page.settings.seed);
    page.undo();
    expect([page.settings.seed, page.run.settings.seed]).toEqual([seed, seed]);
    expect(kinds(session).slice(-2)).toEqual(['load', 'back']);
    expect(page.run.phase.kind).toBe('loading');
  });

  it('stays on screen where what computed it has ended, and Play begins it again', () => {
    const { page, session } = playing();
    session.tell({ kind: 'silent', seconds: 45 });
    page.reset();
    page.undo();
    expect(page.run.rows).toHaveLength(3);
    expect([page.run.phase.kind, page.run.checkpoints]).toEqual(['cancelled', []]);
    page.play();
    expect(kinds(sessions.at(-1)!)).toEqual(['speed', 'load', 'play']);
  });

  it('comes back as it had failed', () => {
    const { page, session } = playing();
    session.tell({ kind: 'lost', message: 'it has ended' });
    page.reset();
    page.undo();
    expect(page.run.phase).toEqual({ kind: 'failed', why: 'it has ended' });
    expect(page.run.rows).toHaveLength(3);
  });

  it('is offered only where it had trained, until nobody wants it', () => {
    const { page, session } = playing();
    page.reset();
    const left = page.left.kept;
    page.reset();
    expect(page.left.kept).toBe(left);
    page.left.forget();
    expect(page.left.kept).toBeNull();
    expect(kinds(session).at(-1)).toBe('forget');
    page.undo();
    expect(page.run.rows).toEqual([]);
  });
});
