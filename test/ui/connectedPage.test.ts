import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrainRow } from '../../src/experiments/train.ts';
import type { ClientEvent, SessionCommand } from '../../src/session/protocol.ts';

interface FakeSession {
  tell(event: ClientEvent): void;
  got: SessionCommand[];
  isDisposed: boolean;
}
const sessions = vi.hoisted(() => [] as FakeSession[]);

vi.mock('../../src/session/client.ts', () => ({
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
const { Playground } = await import('../../src/ui/playground.svelte.ts');

beforeEach(() => {
  sessions.length = 0;
  vi.stubGlobal('document', {
    ...{ addEventListener: () => {}, hidden: false },
    ...{ querySelector: () => null, baseURI: 'http://localhost/' },
  });
  vi.stubGlobal('location', { href: 'http://localhost/', hash: '' });
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => setTimeout(act));
  vi.stubGlobal('fetch', () => Promise.reject(new Error('there is no network')));
});
afterEach(() => void vi.unstubAllGlobals());

const row = (step: number, step_time: number): TrainRow =>
  ({ step, step_time }) as unknown as TrainRow;
const kinds = ({ got }: FakeSession): string[] => got.map(({ kind }) => kind);

/** A page whose run plays and has three rows, of steps that took so many seconds. */
function playing(seconds = 0) {
  const page = new Playground(null, 'part');
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
    expect([page.state, page.failure]).toEqual(['failed', 'it has ended']);
    expect(page.rows.map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(page.checkpoints).toEqual([]);
    page.reset();
    expect([page.state, page.failure]).toEqual(['loading', null]);
    expect(page.rows).toEqual([]);
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
    expect([page.silentFor, page.isPatient, page.state]).toEqual([45, false, 'playing']);
    page.wait();
    expect(page.isPatient).toBe(true);
    session.tell({ kind: 'silent', seconds: 90 });
    expect([page.silentFor, page.isPatient]).toEqual([90, false]);
    session.tell({ kind: 'answers' });
    expect([page.silentFor, page.state]).toEqual([null, 'playing']);
    page.reset();
    expect(sessions).toHaveLength(1);
  });

  it('says nothing as long as its work may take by what is known of it', () => {
    const { page, session, run } = playing();
    const progress = { label: 'drawing', done: 0, total: 1, secondsLeft: 50 };
    session.tell({ kind: 'progress', run, progress });
    session.tell({ kind: 'silent', seconds: 90 });
    expect(page.silentFor).toBe(null);
    session.tell({ kind: 'silent', seconds: 135 });
    expect(page.silentFor).toBe(135);

    const slow = playing(30);
    slow.session.tell({ kind: 'silent', seconds: 45 });
    expect(slow.page.silentFor).toBe(null);
    slow.session.tell({ kind: 'silent', seconds: 90 });
    expect(slow.page.silentFor).toBe(90);
  });

  it.each(['Reset', 'Cancel and Play'])('begins another by %s', (by) => {
    const { page, session } = playing();
    session.tell({ kind: 'silent', seconds: 45 });
    page.wait();
    if (by === 'Reset') page.reset();
    else {
      page.cancel();
      expect(page.state).toBe('cancelled');
      page.play();
    }
    expect(session.isDisposed).toBe(true);
    expect(page.silentFor).toBe(null);
    expect(kinds(sessions[1]!).slice(0, 2)).toEqual(['speed', 'load']);
  });
});
