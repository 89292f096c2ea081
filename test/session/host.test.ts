import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readFile } from 'node:fs/promises';
import type { Engine } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/run/settings.ts';
import { createHost } from '../../src/session/host.ts';
import type { SessionCommand, SessionEvent } from '../../src/session/protocol.ts';

const small: RunSettings = {
  ...DEFAULT_SETTINGS,
  steps: 5,
  prompts: 2,
  groupSize: 4,
  evalEvery: 5,
  evalProblems: 8,
  evalSamples: 0,
};

/** Serves `public/bases/` to the host's fetch, each file through `change`. */
function serveBases(change: (name: string, bytes: Uint8Array) => Uint8Array = (_, bytes) => bytes) {
  vi.stubGlobal('fetch', async (url: string) => {
    const name = url.split('/').at(-1)!.split('?')[0]!;
    const file = new URL(`../../public/bases/${name}`, import.meta.url);
    return new Response(change(name, new Uint8Array(await readFile(file))) as BodyInit);
  });
}

function breakable(breaks: () => boolean): Engine {
  const engine = createReferenceEngine();
  return {
    ...engine,
    async createPolicy(shape, parameters) {
      const policy = await engine.createPolicy(shape, parameters);
      return {
        ...policy,
        update: async (request) => {
          const report = await policy.update(request);
          return breaks() ? { ...report, gradientNorm: NaN } : report;
        },
      };
    },
  };
}

interface Harness {
  events: SessionEvent[];
  send(command: SessionCommand): void;
  until(predicate: (event: SessionEvent) => boolean): Promise<SessionEvent>;
}

/** A host on the reference engine; where `breaks` says so, an update reports a gradient that is not a number. */
function startHost(breaks: () => boolean = () => false): Harness {
  const events: SessionEvent[] = [];
  const watchers: (() => void)[] = [];
  const handle = createHost(
    (event) => {
      events.push(structuredClone(event)); // as a worker's boundary would: plain data only
      for (const watcher of [...watchers]) watcher();
    },
    {
      webgl: () => Promise.reject(new Error('none in Node')),
      reference: () => breakable(breaks),
    },
  );
  return {
    events,
    send: handle,
    until: (predicate) =>
      new Promise((resolve) => {
        const from = events.length;
        const look = () => {
          const found = events.slice(from).find(predicate);
          if (found) resolve(found);
        };
        watchers.push(look);
      }),
  };
}

const isState = (state: string) => (event: SessionEvent) =>
  event.kind === 'state' && event.state === state;
const rowsOf = (events: SessionEvent[], run: number) =>
  events.flatMap((event) => (event.kind === 'row' && event.run === run ? [event.row] : []));
const load = (run: number, settings: RunSettings = small): SessionCommand => ({
  kind: 'load',
  run,
  settings,
  basesUrl: 'http://localhost/bases/',
});

beforeEach(() => serveBases());
afterEach(() => vi.unstubAllGlobals());

describe('a session', () => {
  it('loads to row 0, plays to the end, and gives the same rows after a reset', async () => {
    const host = startHost();
    const loaded = host.until(isState('paused'));
    host.send(load(1));
    await loaded;
    expect(rowsOf(host.events, 1).map(({ step }) => step)).toEqual([0]);
    const played = host.until(isState('finished'));
    host.send({ kind: 'play' });
    await played;
    const again = host.until(isState('finished'));
    host.send(load(2));
    host.send({ kind: 'play' });
    await again;
    const rows = (run: number) => rowsOf(host.events, run).map((row) => ({ ...row, step_time: 0 }));
    expect(rows(1).map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(rows(2)).toEqual(rows(1));
  });

  it('steps once at a time, and gives the same rows as playing does', async () => {
    const host = startHost();
    const loaded = host.until(isState('paused'));
    host.send(load(1));
    await loaded;
    for (let step = 1; step <= 3; step++) {
      const stepped = host.until((event) => event.kind === 'row');
      host.send({ kind: 'step' });
      expect(await stepped).toMatchObject({ row: { step } });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(rowsOf(host.events, 1).length).toBe(4);
  });

  it('pauses between two steps and goes on where it was', async () => {
    const host = startHost();
    host.send(load(1));
    const second = host.until((event) => event.kind === 'row' && event.row.step === 2);
    host.send({ kind: 'play' });
    await second;
    const paused = host.until(isState('paused'));
    host.send({ kind: 'pause' });
    await paused;
    const before = rowsOf(host.events, 1).length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(rowsOf(host.events, 1).length).toBe(before);
    const finished = host.until(isState('finished'));
    host.send({ kind: 'play' });
    await finished;
    expect(rowsOf(host.events, 1).map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('drops a run that a new one outdates: no row of it comes after', async () => {
    const host = startHost();
    host.send(load(1, { ...small, steps: 500 }));
    const going = host.until((event) => event.kind === 'row' && event.row.step === 2);
    host.send({ kind: 'play' });
    await going;
    const loaded = host.until(
      (event) => isState('paused')(event) && event.kind === 'state' && event.run === 2,
    );
    host.send(load(2));
    const mark = host.events.length;
    await loaded;
    expect(rowsOf(host.events.slice(mark), 1)).toEqual([]);
    expect(rowsOf(host.events, 2).map(({ step }) => step)).toEqual([0]);
  });

  it('holds the speed that it is told', async () => {
    const host = startHost();
    host.send({ kind: 'speed', stepsPerSecond: 20 });
    host.send(load(1));
    const first = host.until((event) => event.kind === 'row' && event.row.step === 1);
    host.send({ kind: 'play' });
    await first;
    const began = performance.now();
    await host.until(isState('finished'));
    // Four more steps at 50 ms each; the computing itself takes a few ms of them.
    expect(performance.now() - began).toBeGreaterThan(180);
  });

  it('pretrains a base when asked, with progress, and stops that when it is outdated', async () => {
    const host = startHost();
    const live: RunSettings = { ...small, base: 'live', pretrainSteps: 4000, width: 8 };
    const progressing = host.until(
      (event) =>
        event.kind === 'progress' && event.progress?.label.startsWith('pretraining') === true,
    );
    host.send(load(1, live));
    expect(await progressing).toMatchObject({ progress: { total: 4000 } });
    const loaded = host.until(isState('paused'));
    host.send(load(2));
    await loaded;
    expect(rowsOf(host.events, 2).length).toBe(1);
    expect(rowsOf(host.events, 1).length).toBe(0);
  });
});

describe('bad input', () => {
  const failureOf = async (settings: RunSettings = small) => {
    const host = startHost();
    const failed = host.until((event) => event.kind === 'failure');
    host.send(load(1, settings));
    const event = await failed;
    return event.kind === 'failure' ? event.message : '';
  };

  it('refuses weights with a wrong checksum', async () => {
    serveBases((name, bytes) => {
      if (name.endsWith('.f32')) bytes[1000]! ^= 1;
      return bytes;
    });
    expect(await failureOf()).toMatch(
      /^countdown-3\.f32 has the wrong checksum: sha256 [0-9a-f]{12}…, expected [0-9a-f]{12}…$/,
    );
  });

  it('refuses weights that are cut off', async () => {
    serveBases((name, bytes) => (name.endsWith('.f32') ? bytes.slice(0, 999) : bytes));
    expect(await failureOf()).toMatch(/^countdown-3\.f32 has 999 bytes, expected \d+/);
  });

  it('refuses an entry that is no entry', async () => {
    serveBases((name, bytes) => (name.endsWith('.json') ? bytes.slice(0, 50) : bytes));
    expect(await failureOf()).toBe('countdown-3.json is not JSON');
    serveBases((name, bytes) =>
      name.endsWith('.json') ? new TextEncoder().encode('{"format":"other"}') : bytes,
    );
    expect(await failureOf()).toMatch(/expected 'rlvr-base' version 1/);
  });

  it('names the file and the status where a base cannot be fetched', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    expect(await failureOf()).toBe('countdown-3.json could not be fetched: HTTP 404');
  });

  it('keeps the rows of a run that stops at NaN, says at which step, and can be reset', async () => {
    let updates = 0;
    const host = startHost(() => ++updates === 3);
    const failed = host.until((event) => event.kind === 'failure');
    host.send(load(1));
    host.send({ kind: 'play' });
    expect(await failed).toMatchObject({ run: 1, message: 'grad_norm became NaN in step 3' });
    expect(rowsOf(host.events, 1).map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(host.events.at(-1)).toMatchObject({ state: 'failed' });
    const loaded = host.until(isState('paused'));
    host.send(load(2));
    await loaded;
    expect(rowsOf(host.events, 2).length).toBe(1);
  });
});
