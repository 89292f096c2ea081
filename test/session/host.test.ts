import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readFile } from 'node:fs/promises';
import { parameterCount } from '../../src/policy/shape.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/run/settings.ts';
import type { SessionCommand } from '../../src/session/protocol.ts';
import type { Question } from '../../src/session/questions.ts';
import { changedEngine } from './engines.ts';
import { isState, loading, startSession } from './serve.ts';

const small: RunSettings = {
  ...DEFAULT_SETTINGS,
  steps: 5,
  prompts: 2,
  groupSize: 4,
  evalEvery: 5,
  evalProblems: 4,
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

/** A session on the reference engine; where `breaks` says so, an update reports a gradient that is not a number. */
const startHost = (breaks: () => boolean = () => false) =>
  startSession({
    reference: () =>
      changedEngine(({ update }) => ({
        async update(request) {
          const report = await update(request);
          return breaks() ? { ...report, gradientNorm: NaN } : report;
        },
      })),
  });
type Host = ReturnType<typeof startHost>;

const load = (run: number, settings = small): SessionCommand => loading(run, settings);

beforeEach(() => serveBases());
afterEach(() => vi.unstubAllGlobals());

describe('a session', () => {
  it('loads to row 0, plays to the end, and gives the same rows after a reset', async () => {
    const host = startHost();
    await host.reach('paused', load(1));
    expect(host.rows(1).map(({ step }) => step)).toEqual([0]);
    await host.reach('finished', { kind: 'play' });
    await host.reach('finished', load(2), { kind: 'play' });
    expect(host.rows(1).map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(host.rows(2)).toEqual(host.rows(1));
  });

  it('steps once at a time, and gives the same rows as playing does', async () => {
    const host = startHost();
    await host.reach('paused', load(1));
    for (let step = 1; step <= 3; step++) {
      const stepped = host.until((event) => event.kind === 'row');
      host.send({ kind: 'step' });
      expect(await stepped).toMatchObject({ row: { step } });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(host.rows(1).length).toBe(4);
  });

  it('pauses between two steps and goes on where it was', async () => {
    const host = startHost();
    host.send(load(1));
    const second = host.until((event) => event.kind === 'row' && event.row.step === 2);
    host.send({ kind: 'play' });
    await second;
    await host.reach('paused', { kind: 'pause' });
    const before = host.rows(1).length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(host.rows(1).length).toBe(before);
    await host.reach('finished', { kind: 'play' });
    expect(host.rows(1).map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
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
    const before = host.rows(1).length;
    await loaded;
    expect(host.rows(1).length).toBe(before);
    expect(host.rows(2).map(({ step }) => step)).toEqual([0]);
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
    await host.reach('paused', load(2));
    expect(host.rows(2).length).toBe(1);
    expect(host.rows(1).length).toBe(0);
  });
});

/** Until there is an event of this kind with this id. */
async function ask(host: Host, id: number, at: number, asked: number | Question, run = 1) {
  const question: Question = typeof asked === 'number' ? { kind: 'tree', problem: asked } : asked;
  const answered = host.until(
    (event) => (event.kind === 'answer' || event.kind === 'unanswered') && event.id === id,
  );
  host.send({ kind: 'ask', run, id, at, question });
  const event = await answered;
  return event.kind === 'answer' ? event.answer : event.kind === 'unanswered' && event.message;
}

it('pretrains again for another rate, and not for another learning rate of the run', async () => {
  const host = startHost();
  const live: RunSettings = { ...small, base: 'live', width: 8, pretrainSteps: 2, steps: 0 };
  const baseP = async (run: number, changes: Partial<RunSettings>) => {
    await host.reach('finished', load(run, { ...live, ...changes }));
    return host.rows(run)[0]!.heldOut!.p;
  };
  const first = await baseP(1, {});
  expect(await baseP(2, { pretrainLr: 0.1 })).not.toEqual(first);
  const told = host.events.length;
  expect(await baseP(3, { pretrainLr: 0.1, lr: 0.5 })).not.toEqual(first);
  const labels = host.events
    .slice(told)
    .flatMap((event) =>
      event.kind === 'progress' && event.progress ? [event.progress.label] : [],
    );
  expect(labels.filter((label) => label.startsWith('pretraining'))).toEqual([]);
});

describe('a session that is stopped', () => {
  it('says nothing more of its run, leaves its pretraining, and takes another run', async () => {
    const host = startHost();
    const pretraining = host.until(
      (event) => event.kind === 'progress' && /pretraining/.test(event.progress?.label ?? ''),
    );
    host.send(load(1, { ...small, base: 'live', width: 16, pretrainSteps: 10_000 }));
    await pretraining;
    host.send({ kind: 'stop' });
    const from = host.events.length;
    await host.reach('paused', load(2));
    const about = new Set(
      host.events.slice(from).flatMap((event) => ('run' in event ? [event.run] : [])),
    );
    about.delete(2);
    // What was under way when it stopped may still be told, but as of no run that there is.
    expect([...about].every((run) => run < 0)).toBe(true);
    expect(host.rows(1)).toEqual([]);
    expect(host.rows(2).map(({ step }) => step)).toEqual([0]);
  });
});

describe('checkpoints', () => {
  /** A host with a whole run of twelve steps, whose number is 1. */
  async function finishedRun(settings: RunSettings = { ...small, steps: 12 }) {
    const host = startHost();
    host.send(load(1, settings));
    await host.reach('finished', { kind: 'play' });
    return host;
  }
  const branch = (run: number, from: number, settings: RunSettings): SessionCommand => ({
    ...{ kind: 'branch', run, from, settings },
    basesUrl: 'http://localhost/bases/',
  });

  it('are told with the steps that they are of, the last one among them', async () => {
    const host = await finishedRun();
    const told = host.events.filter((event) => event.kind === 'checkpoints').at(-1);
    expect(told).toMatchObject({ steps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12] });
    const { shape } = host.events.find((event) => event.kind === 'ready')!;
    // Parameters and two moments, four bytes each.
    expect(told).toMatchObject({ bytes: 12 * 3 * 4 * parameterCount(shape) });
  });

  it('let a run with the same settings go on to the same rows', async () => {
    const host = await finishedRun();
    await host.reach('paused', branch(2, 7, { ...small, steps: 12 }));
    expect(host.rows(2)).toEqual([]);
    await host.reach('finished', { kind: 'play' });
    expect(host.rows(2)).toEqual(host.rows(1).slice(8));
  });

  it('let a run go on beyond its end, and with another learning rate to other rows', async () => {
    const host = await finishedRun();
    host.send(branch(2, 12, { ...small, steps: 14, lr: 0 }));
    const finished = host.until(
      (event) => event.kind === 'state' && event.run === 2 && event.state === 'finished',
    );
    host.send({ kind: 'play' });
    await finished;
    const rows = host.rows(2);
    expect(rows.map(({ step }) => step)).toEqual([13, 14]);
    // Nothing moves any more: the evaluation at the end is that of the checkpoint.
    const last = host.rows(1).at(-1)!;
    expect(rows.at(-1)!.heldOut!.p).toEqual(last.heldOut!.p);
  });

  it('are told also where one takes the place of another', async () => {
    const host = await finishedRun();
    host.send(branch(2, 12, { ...small, steps: 13, lr: 0 }));
    const finished = host.until(
      (event) => event.kind === 'state' && event.run === 2 && event.state === 'finished',
    );
    host.send({ kind: 'play' });
    await finished;
    const told = host.events.filter((event) => event.kind === 'checkpoints').at(-1);
    // 12 was kept as the end of the run only.
    expect(told).toMatchObject({ run: 2, steps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 13] });
  });

  it.each([
    ['other problems', 4, { evalProblems: 9 }, /the problems and the base.*: eval problems$/],
    ['an end before its beginning', 4, { steps: 4 }, /needs more than 4 steps/],
    ['a step that is not kept', 9, {}, /no checkpoint of step 9 is kept; there are those of 0, 1/],
  ])('refuse a branch with %s', async (_, from, changes, message) => {
    const host = await finishedRun();
    const failed = host.until((event) => event.kind === 'failure');
    host.send(branch(2, from, { ...small, steps: 12, ...changes }));
    expect(await failed).toMatchObject({ run: 2, message: expect.stringMatching(message) });
  });

  it('answer questions about a problem with the numbers of the evaluation', async () => {
    const host = await finishedRun();
    const [base, , , , , five] = host.rows(1);
    const answer = await ask(host, 1, 5, 3);
    if (typeof answer !== 'object' || answer.kind !== 'tree') throw new Error(String(answer));
    expect(answer.otherRight.count).toBe(0);
    const sum = (which: 'base' | 'now') =>
      answer.nodes.reduce((total, each) => total + (each.correct ? each[which] : 0), 0);
    expect(sum('base')).toBeCloseTo(base!.heldOut!.p[3]!, 6);
    expect(sum('now')).toBeCloseTo(five!.heldOut!.p[3]!, 6);
    expect(sum('now')).not.toBeCloseTo(sum('base'), 4);
  });

  it('answer with the solution tree at a step, whose p is that of the evaluation', async () => {
    const host = await finishedRun();
    const rows = host.rows(1);
    for (const [id, step] of [0, 5, 10].entries()) {
      const answer = await ask(host, id, step, { kind: 'tree', problem: 3 });
      if (typeof answer !== 'object' || answer.kind !== 'tree') throw new Error(String(answer));
      expect(answer.p.base).toBeCloseTo(rows[0]!.heldOut!.p[3]!, 6);
      expect(answer.p.now).toBeCloseTo(rows[step]!.heldOut!.p[3]!, 6);
      const { heldOut } = host.events.find((event) => event.kind === 'ready')!.problems;
      expect(answer.problem).toBe(heldOut[3]);
    }
  });

  it('answer with samples, the same for the same draw, as often right as p says', async () => {
    const host = await finishedRun();
    const p = host.rows(1)[5]!.heldOut!.p[3]!;
    const n = 400;
    const draws = [];
    for (const [id, draw] of [1, 1, 2].entries()) {
      const question: Question = { kind: 'samples', problem: 3, count: n, draw };
      const answer = await ask(host, id, 5, question);
      if (typeof answer !== 'object' || answer.kind !== 'samples') throw new Error(String(answer));
      draws.push(answer);
      expect([answer.step, answer.now.length, answer.base.length]).toEqual([5, n, n]);
      const right = answer.now.filter(({ correct }) => correct).length;
      expect(Math.abs(right / n - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n));
    }
    const texts = draws.map(({ now }) => now.map(({ text }) => text));
    expect(texts[1]).toEqual(texts[0]);
    expect(texts[2]).not.toEqual(texts[0]);
    const none: Question = { kind: 'samples', problem: 3, count: 0, draw: 1 };
    expect(await ask(host, 9, 5, none)).toBe(
      'the answers to sample are a whole number from 1 to 512, got 0',
    );
  });

  it('foretell the next step, as the run then makes it', async () => {
    const host = startHost();
    host.send(load(1, { ...small, steps: 12 }));
    const paused = host.until((event) => event.kind === 'row' && event.row.step === 9);
    host.send({ kind: 'play', until: 9 });
    await paused;
    const foretold = await ask(host, 1, 9, { kind: 'update', group: null });
    if (typeof foretold !== 'object' || foretold.kind !== 'update' || !foretold.update)
      throw new Error(String(foretold));
    const made = host.until((event) => event.kind === 'row' && event.row.step === 10);
    host.send({ kind: 'step' });
    await made;
    const { loss, grad_norm, reward, group } = host.rows(1).at(-1)!;
    expect(foretold.update).toMatchObject({ step: 10, metrics: { loss, grad_norm, reward } });
    expect(foretold.update.answers.map(({ text }) => text)).toEqual(
      group!.completions.map(({ text }) => text),
    );
    expect(await ask(host, 2, 9, { kind: 'update', group: 99 })).toMatch(
      /^no checkpoint of step 9/,
    );
    expect(await ask(host, 3, 10, { kind: 'update', group: 99 })).toMatch(/^there is no group 99/);
  });

  it('say of a run that learns from no rewards that there is no such step', async () => {
    const host = await finishedRun({ ...small, steps: 2, experiment: 'self-training' });
    expect(await ask(host, 1, 2, { kind: 'update', group: null })).toEqual({
      ...{ kind: 'update', update: null },
      nothing: 'self-training',
    });
  });

  it('answer between the steps of a run without changing it', async () => {
    const quiet = await finishedRun();
    const host = startHost();
    host.send(load(1, { ...small, steps: 12 }));
    const finished = host.until(isState('finished'));
    host.send({ kind: 'play' });
    let answers = 0;
    for (let id = 1; id <= 6; id++)
      answers += typeof (await ask(host, id, 0, id % 4)) === 'object' ? 1 : 0;
    await finished;
    expect(answers).toBe(6);
    expect(host.rows(1)).toEqual(quiet.rows(1));
  });

  it('answer about the latest step of a run that is paused, and not about others', async () => {
    const host = startHost();
    host.send(load(1, { ...small, steps: 12 }));
    const paused = host.until((event) => event.kind === 'row' && event.row.step === 9);
    host.send({ kind: 'play', until: 9 });
    await paused;
    expect(await ask(host, 1, 9, 0)).toMatchObject({ kind: 'tree' });
    host.send({ kind: 'step' });
    expect(await ask(host, 2, 10, 0)).toMatchObject({ kind: 'tree' });
    expect(await ask(host, 3, 9, 0)).toMatch(/^no checkpoint of step 9 is kept/);
    expect(await ask(host, 4, 10, 1e6)).toMatch(/^there is no held-out problem 1000000; they are/);
  });
});

it('plays until a step and pauses there', async () => {
  const host = startHost();
  await host.reach('paused', load(1));
  await host.reach('paused', { kind: 'play', until: 3 });
  expect(host.rows(1).map(({ step }) => step)).toEqual([0, 1, 2, 3]);
  await host.reach('finished', { kind: 'play' });
  expect(host.rows(1).length).toBe(6);
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
      /^countdown-3-rarity0\.01\.f32 has the wrong checksum: sha256 [0-9a-f]{12}…, expected [0-9a-f]{12}…$/,
    );
  });

  it('refuses weights that are cut off', async () => {
    serveBases((name, bytes) => (name.endsWith('.f32') ? bytes.slice(0, 999) : bytes));
    expect(await failureOf()).toMatch(/^countdown-3-rarity0\.01\.f32 has 999 bytes, expected \d+/);
  });

  it('refuses an entry that is no entry', async () => {
    serveBases((name, bytes) => (name.endsWith('.json') ? bytes.slice(0, 50) : bytes));
    expect(await failureOf()).toBe('countdown-3-rarity0.01.json: it is not JSON');
    serveBases((name, bytes) =>
      name.endsWith('.json') ? new TextEncoder().encode('{"format":"other"}') : bytes,
    );
    expect(await failureOf()).toMatch(/expected 'rlvr-base' version 1/);
  });

  it('names the file and the status where a base cannot be fetched', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    expect(await failureOf()).toBe('countdown-3-rarity0.01.json could not be fetched: HTTP 404');
  });

  it('keeps the rows of a run that stops at NaN, says at which step, and can be reset', async () => {
    let updates = 0;
    const host = startHost(() => ++updates === 3);
    const failed = host.until((event) => event.kind === 'failure');
    host.send(load(1));
    host.send({ kind: 'play' });
    expect(await failed).toMatchObject({ run: 1, message: 'grad_norm became NaN in step 3' });
    expect(host.rows(1).map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(host.events.at(-1)).toMatchObject({ state: 'failed' });
    await host.reach('paused', load(2));
    expect(host.rows(2).length).toBe(1);
  });
});
