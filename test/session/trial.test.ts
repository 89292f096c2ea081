import { afterEach, describe, expect, it } from 'vitest';
import {
  EngineLostError,
  EngineMemoryError,
  LeftOffError,
  type Engine,
  type EngineKind,
  type PolicySnapshot,
  type Rollouts,
  type UpdateReport,
} from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/run/settings.ts';
import type { EngineMakers, EngineRequest } from '../../src/session/engineMakers.ts';
import { chooseEngine, replaceEngine } from '../../src/session/engines.ts';
import type { Start } from '../../src/run/start.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

const task = await createTask('countdown-3');
const shape = shapeFor(task, { width: 8, layers: 1, heads: 2 });
const start: Start = {
  task,
  shape,
  split: splitProblems(task, 1),
  parameters: initialParameters(shape, 1),
};
const settings: RunSettings = { ...DEFAULT_SETTINGS, prompts: 4, groupSize: 8 };

/** What a stand-in does to what its policies give. */
interface Spoilt {
  sample?(rollouts: Rollouts): void;
  update?(report: UpdateReport): void;
  snapshot?(snapshot: PolicySnapshot): void;
}

/** By which steps are timed: only what is sampled moves it on. */
let clock = 0;

/** The engines made in a test, and how often each was disposed of. */
let made = new Map<Engine, number>();
afterEach(() => (made = new Map()));

/** But for the reference engine, which holds nothing: the others are disposed of once. */
function expectDisposed(serving: Engine | null): void {
  for (const [engine, times] of made)
    if (engine.kind !== 'reference') expect([engine.kind, times]).toEqual([engine.kind, engine === serving ? 0 : 1]); // prettier-ignore
}

const DEVICES = { webgl: 'a GPU', wasm: 'a processor', reference: 'an oracle' };

/** The reference engine as if it were another that takes `delay` ms for a sample and has some numbers wrong. */
function standIn(kind: EngineKind, delay: number | (() => number), spoilt: Spoilt = {}): Engine {
  const engine = createReferenceEngine('float64');
  const itself: Engine = {
    ...engine,
    kind,
    device: DEVICES[kind],
    dispose: () => void made.set(itself, made.get(itself)! + 1),
    async createPolicy(shape, parameters) {
      const policy = await engine.createPolicy(shape, parameters);
      return {
        ...policy,
        async sample(request) {
          const rollouts = await policy.sample(request);
          spoilt.sample?.(rollouts);
          clock += typeof delay === 'number' ? delay : delay();
          return rollouts;
        },
        async update(request) {
          const report = await policy.update(request);
          spoilt.update?.(report);
          return report;
        },
        async snapshot() {
          const snapshot = await policy.snapshot();
          spoilt.snapshot?.(snapshot);
          return snapshot;
        },
      };
    },
  };
  made.set(itself, 0);
  return itself;
}

/** From its n-th call on. */
function failing(n: number): () => number {
  let calls = 0;
  return () => {
    if (++calls >= n) throw new Error('broken');
    return 0;
  };
}

const request: EngineRequest = { start, settings, report: () => undefined };
const makersWith = (
  webgl: () => Promise<Engine>,
  others: Partial<EngineMakers> = {},
): EngineMakers => ({
  webgl,
  wasm: async () => standIn('wasm', 40),
  reference: () => standIn('reference', 400),
  whyNoGpu: () => null,
  now: () => clock,
  wait: async () => undefined,
  ...others,
});
const choose = (
  webgl: () => Promise<Engine>,
  choice: RunSettings['engine'] = 'auto',
  known: Pick<EngineRequest, 'held' | 'last'> = {},
  others: Partial<EngineMakers> = {},
) =>
  chooseEngine(
    { ...request, settings: { ...settings, engine: choice }, ...known },
    makersWith(webgl, others),
  );
const untouchable = (): Promise<Engine> => Promise.reject(new Error('must not be made'));

describe('automatic choice of the engine', () => {
  it('takes WebGL where it agrees and is faster, and says by how much', async () => {
    const { engine, reason } = await choose(async () => standIn('webgl', 2.5));
    expect(engine.kind).toBe('webgl');
    expect(reason).toBe('2.5 ms per step, WebAssembly 40 ms; their numbers agree');
  });

  it('takes WebAssembly where WebGL is slower', async () => {
    const { engine, reason } = await choose(async () => standIn('webgl', 90));
    expect(engine.kind).toBe('wasm');
    expect(reason).toBe('faster here: 40 ms per step, WebGL on a GPU 90 ms');
  });

  it('takes WebAssembly where there is no GPU, without a try of WebGL', async () => {
    const whyNoGpu = () => 'no GPU here';
    const { engine, reason } = await choose(untouchable, 'auto', {}, { whyNoGpu });
    expect(engine.kind).toBe('wasm');
    expect(reason).toBe('no GPU here; the numbers of WebAssembly agree with TypeScript');
  });

  it.each<[string, () => Promise<Engine>, string]>([
    ['is refused', () => Promise.reject(new Error('a policy forbids it')), 'a policy forbids it'],
    [
      'computes wrong numbers',
      async () => standIn('wasm', 0, { update: (report) => (report.gradientNorm *= 2) }),
      'a processor computes wrong numbers: the norm of the gradient is off by 100 %',
    ],
  ])('takes TypeScript where WebAssembly %s, and says why in any case', async (_, wasm, why) => {
    const refused = `WebAssembly cannot run here: ${why}`;
    const whyNoGpu = () => 'no GPU here';
    const { engine, reason } = await choose(untouchable, 'auto', {}, { wasm, whyNoGpu });
    expect(engine.kind).toBe('reference');
    expect(reason).toBe(`no GPU here; ${refused}`);
    const slow = await choose(async () => standIn('webgl', 4000), 'auto', {}, { wasm });
    expect(slow.reason).toBe(`faster here: 400 ms per step, WebGL on a GPU 4000 ms; ${refused}`);
    const none = await choose(() => Promise.reject(new Error('no context')), 'auto', {}, { wasm });
    expect(none.reason).toBe(`WebGL cannot run here: no context; ${refused}`);
    // Beside a GPU that works it is not needed.
    const gpu = async () => standIn('webgl', 0);
    expect((await choose(gpu, 'auto', {}, { wasm })).engine.kind).toBe('webgl');
    await expect(choose(untouchable, 'wasm', {}, { wasm })).rejects.toThrow(
      `WebAssembly was chosen but cannot run here: ${why}`,
    );
  });

  it.each<[string, number | (() => number), number | (() => number), EngineKind, RegExp]>([
    ['WebGL is faster', 2.5, 40, 'webgl', /their numbers agree$/],
    ['WebGL is slower', 90, 40, 'wasm', /^faster here/],
    // The first call is to agree on numbers.
    ['WebGL fails where it is timed', failing(2), 40, 'wasm', /^WebGL cannot run here: broken$/],
    ['the other fails there', 2.5, failing(2), 'webgl', /^WebAssembly cannot run here: broken$/],
  ])('keeps one engine where %s, and disposes of the other', async (_, gpu, cpu, kind, why) => {
    const wasm = async () => standIn('wasm', cpu);
    const { engine, reason } = await choose(
      async () => standIn('webgl', gpu),
      'auto',
      {},
      { wasm },
    );
    expect(engine.kind).toBe(kind);
    expect(reason).toMatch(why);
    expectDisposed(engine);
  });

  it('disposes of everything where another run has begun meanwhile', async () => {
    const leftOff = (): never => {
      throw new LeftOffError('another run');
    };
    const held = standIn('webgl', 0);
    const wasm = async () => standIn('wasm', leftOff);
    await expect(choose(untouchable, 'auto', { held }, { wasm })).rejects.toThrow(LeftOffError);
    expectDisposed(null);
    await expect(choose(async () => standIn('webgl', leftOff))).rejects.toThrow(LeftOffError);
    expectDisposed(null);
  });

  it('is made by the medians of three steps where one leaves a doubt: a moment of other work decides nothing', async () => {
    // The first call is to agree on numbers, the second to warm up.
    const times = [0, 0, 70, 30, 30];
    const { engine, reason } = await choose(async () => standIn('webgl', () => times.shift()!));
    expect(engine.kind).toBe('webgl');
    expect(reason).toBe('30 ms per step, WebAssembly 40 ms; their numbers agree');
    expect(times).toEqual([]);
  });

  it('stays with what computed last, unless the other is a quarter faster', async () => {
    const kindAt = async (delay: number, last: EngineKind | null) =>
      (await choose(async () => standIn('webgl', delay), 'auto', { last })).engine.kind;
    expect(await kindAt(45, null)).toBe('wasm');
    expect(await kindAt(45, 'webgl')).toBe('webgl');
    expect(await kindAt(55, 'webgl')).toBe('wasm');
    expect(await kindAt(35, null)).toBe('webgl');
    expect(await kindAt(35, 'wasm')).toBe('wasm');
    expect(await kindAt(30, 'wasm')).toBe('webgl');
  });

  it('says why WebGL could not start; asked for by hand, that is an error', async () => {
    const broken = () => Promise.reject(new Error('no float32 textures'));
    expect((await choose(broken)).reason).toBe('WebGL cannot run here: no float32 textures');
    await expect(choose(broken, 'webgl')).rejects.toThrow(
      'WebGL was chosen but cannot run here: no float32 textures',
    );
  });
});

describe('WebGL that computes wrong numbers is refused, chosen by hand too', () => {
  it.each<[string, Spoilt, string]>([
    [
      'log-probabilities',
      { sample: ({ logProbs }) => (logProbs[0]! += 0.01) },
      'log-probabilities are off by 0.010',
    ],
    ['NaN', { sample: ({ logProbs }) => (logProbs[0] = NaN) }, 'log-probabilities are off by NaN'],
    [
      'tokens',
      {
        sample: ({ responses }) =>
          responses.forEach((token, at) => (responses[at] = token === 0 ? 0 : (token % 9) + 1)),
      },
      'of 32 answers have other tokens',
    ],
    [
      'the norm of the gradient',
      { update: (report) => (report.gradientNorm *= 1.1) },
      'the norm of the gradient is off by 10 %',
    ],
    [
      'no gradient at all, of the right norm',
      { snapshot: ({ firstMoment }) => firstMoment.fill(0) },
      'the gradient is off by 100 %',
    ],
    [
      'the direction of the gradient, in its first half',
      {
        snapshot: ({ firstMoment }) =>
          firstMoment.subarray(0, firstMoment.length / 2).forEach((m, i) => (firstMoment[i] = -m)),
      },
      'the gradient is off by 1',
    ],
    [
      'a step from the right gradient',
      { snapshot: ({ parameters }) => parameters.set(start.parameters) },
      'the step of the parameters is off by 100 %',
    ],
  ])('%s', async (_, spoilt, message) => {
    const wrong = async () => standIn('webgl', 0, spoilt);
    const { engine, reason } = await choose(wrong);
    expect(engine.kind).toBe('wasm');
    expect(reason).toContain('WebGL cannot run here: a GPU computes wrong numbers: ');
    expect(reason).toContain(message);
    await expect(choose(wrong, 'webgl')).rejects.toThrow(message);
  });
});

describe('an engine chosen by hand', () => {
  it('is taken however slow it is', async () => {
    expect((await choose(async () => standIn('webgl', 90), 'webgl')).engine.kind).toBe('webgl');
    for (const choice of ['reference', 'wasm'] as const) {
      const { engine, reason } = await choose(untouchable, choice);
      expect([engine.kind, reason]).toEqual([choice, 'chosen in the settings']);
    }
  });

  it('is the one of the run before, if that computes on WebGL; any other is disposed of', async () => {
    const disposed: string[] = [];
    const heldOf = (kind: EngineKind, spoilt: Spoilt = {}): Engine => ({
      ...standIn(kind, 0, spoilt),
      dispose: () => disposed.push(kind),
    });
    const held = heldOf('webgl');
    for (const choice of ['webgl', 'auto'] as const)
      expect((await choose(untouchable, choice, { held })).engine).toBe(held);
    expect(disposed).toEqual([]);
    await choose(untouchable, 'reference', { held });
    await choose(async () => standIn('webgl', 0), 'webgl', { held: heldOf('reference') });
    expect(disposed).toEqual(['webgl', 'reference']);
    // Its context was lost since: another is opened.
    const fresh = standIn('webgl', 0);
    const lost = heldOf('webgl', {
      sample: () => {
        throw new EngineLostError('gone');
      },
    });
    expect((await choose(async () => fresh, 'auto', { held: lost })).engine).toBe(fresh);
    expect(disposed).toEqual(['webgl', 'reference', 'webgl']);
  });
});

describe('in the place of an engine that was lost', () => {
  const lost = new EngineLostError('the context was lost');

  it('comes WebGL again, once the browser gives a context', async () => {
    let refusals = 2;
    const webgl = async () => {
      if (refusals-- > 0) throw new Error('no context yet');
      return standIn('webgl', 0);
    };
    const { engine, standsIn } = await replaceEngine(
      { error: lost, inARow: 1 },
      request,
      makersWith(webgl),
    );
    expect([engine.kind, standsIn]).toEqual(['webgl', undefined]);
  });

  it.each<[string, EngineLostError, number, () => Promise<Engine>, string]>([
    ['it gives none', lost, 1, () => Promise.reject(new Error('no context')), 'no context'],
    [
      'its numbers are wrong now',
      lost,
      1,
      async () => standIn('webgl', 0, { update: (report) => (report.gradientNorm = 0) }),
      'the norm of the gradient is off by 100 %',
    ],
    [
      'it was lost twice in a row',
      lost,
      2,
      () => Promise.reject(new Error('must not be tried')),
      'the context was lost',
    ],
    [
      'the GPU has no memory',
      new EngineMemoryError('no GPU memory for 9 MB'),
      1,
      () => Promise.reject(new Error('must not be tried')),
      'no GPU memory for 9 MB',
    ],
  ])('comes one on the processor where %s', async (_, error, inARow, webgl, why) => {
    const held = standIn('webgl', 0);
    const chosen = await replaceEngine({ error, inARow }, { ...request, held }, makersWith(webgl));
    expectDisposed(chosen.engine);
    expect(chosen.engine.kind).toBe('wasm');
    expect(chosen.standsIn).toBe(true);
    expect(chosen.reason).toMatch(/^WebGL cannot go on here: /);
    expect(chosen.reason).toContain(why);
  });
});
