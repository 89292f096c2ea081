import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrainRow } from '../../../src/experiments/train.ts';
import { settingsOver } from '../../../src/run/settings.ts';
import type { ClientEvent, SessionCommand } from '../../../src/session/protocol.ts';

/** What a session that is none was sent, and how to tell the page something in its name. */
const session = vi.hoisted(() => ({
  got: [] as SessionCommand[],
  tell: (_: ClientEvent): void => undefined,
}));
vi.mock('../../../src/session/client.ts', () => ({
  connectSession(onEvent: (event: ClientEvent) => void) {
    session.tell = onEvent;
    return { send: (command: SessionCommand) => session.got.push(command), dispose: () => {} };
  },
}));

// Made anew with that session, whatever another file has loaded before.
vi.resetModules();
const { Playground } = await import('../../../src/ui/state/playground.svelte.ts');
const { DeckRuns } = await import('../../../src/ui/lecture/deckRuns.ts');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  session.got = [];
  vi.stubGlobal('document', {
    ...{ addEventListener: () => {}, hidden: false },
    ...{ querySelector: () => null, baseURI: 'http://localhost/' },
  });
  vi.stubGlobal('location', { href: 'http://localhost/', hash: '' });
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => setTimeout(act));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
  vi.stubGlobal('fetch', () => Promise.reject(new Error('there is no network')));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const own = settingsOver({});
const coin = settingsOver({ verifier: 'random' });
const maze = settingsOver({ task: 'maze' });

function deck() {
  const page = new Playground({ link: null, address: 'left', recorded: 'untilBegun' });
  page.figures.hidesFuture = true;
  return { page, runs: new DeckRuns(page) };
}
/** The run on screen makes these steps, and then rests or goes on. */
function trains(steps: readonly number[], state: 'paused' | 'playing'): void {
  const run = session.got.flatMap((command) => ('run' in command ? [command.run] : [])).at(-1)!;
  for (const step of steps)
    session.tell({
      ...{ kind: 'row', run, memory: { tensors: 0, bytes: 0 } },
      row: { step, step_time: 0 } as unknown as TrainRow,
    });
  session.tell({ kind: 'state', run, state: 'paused' });
  if (state === 'playing') session.tell({ kind: 'state', run, state });
}
const kinds = () => session.got.map(({ kind }) => kind).filter((kind) => kind !== 'speed');
const steps = (rows: readonly TrainRow[]) => rows.map(({ step }) => step);

describe('the runs of a deck', () => {
  it('go along over slides of one set-up, and show nothing but the base on that of the base', () => {
    const { page, runs } = deck();
    runs.show(own, 0);
    expect([page.run.phase.kind, kinds()]).toEqual(['waiting', []]);
    page.play();
    trains([0, 1, 2], 'playing');
    const { id } = page.run;
    runs.show(own, 60);
    expect([page.run.id, page.run.phase.kind, page.figures.held]).toEqual([id, 'playing', null]);
    runs.show(own, 0);
    expect(steps(page.figures.visible)).toEqual([0]);
    expect(page.figures.shown?.step).toBe(0);
    runs.show(own, 300);
    expect(steps(page.figures.visible)).toEqual([0, 1, 2]);
    // Nobody has asked for more than Play did.
    expect(kinds()).toEqual(['load', 'play']);
  });

  it('are there again after slides of others, and go on where they were left last', () => {
    const { page, runs } = deck();
    runs.show(own, 300);
    page.play();
    trains([0, 1, 2], 'playing');
    runs.show(coin, null);
    expect([page.run.rows, kinds()]).toEqual([[], ['load', 'play', 'pause', 'load']]);
    runs.show(own, 300);
    expect([steps(page.run.rows), page.figures.recording]).toEqual([[0, 1, 2], null]);
    expect(kinds().slice(-2)).toEqual(['back', 'play']);

    // Of two that have trained the session has the last one: of the other there are its rows.
    runs.show(coin, null);
    page.play();
    trains([0, 1], 'paused');
    runs.show(maze, null);
    page.play();
    trains([0], 'paused');
    runs.show(own, 300);
    expect([steps(page.run.rows), page.run.phase.kind]).toEqual([[0, 1, 2], 'cancelled']);
    page.play();
    expect(kinds().slice(-2)).toEqual(['load', 'play']);
  });

  it('are made anew by Reset', () => {
    const { page, runs } = deck();
    runs.show(coin, null);
    page.play();
    trains([0, 1], 'playing');
    runs.reset(coin, null);
    expect([page.run.rows, kinds().slice(-2)]).toEqual([[], ['pause', 'load']]);
    runs.show(maze, null);
    runs.show(coin, null);
    expect(page.run.rows).toEqual([]);
  });

  it('train to the step of a slide, and on to that of the next, unless somebody has stopped them', () => {
    const { page, runs } = deck();
    const untils = () =>
      session.got.flatMap((command) => (command.kind === 'play' ? [command.until] : []));
    runs.show(maze, 0);
    trains([0], 'paused');
    runs.show(maze, 2);
    trains([1, 2], 'paused');
    runs.show(maze, 5);
    expect(untils()).toEqual([2, 5]);
    trains([3], 'playing');
    page.pause();
    trains([4], 'paused');
    runs.show(maze, 8);
    expect(untils()).toEqual([2, 5]);
  });
});
