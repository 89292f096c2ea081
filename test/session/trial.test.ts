import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/run/settings.ts';
import { chooseEngine } from '../../src/session/engines.ts';
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

/** A stand-in for WebGL: the reference engine, with `delay` ms more a sample and its results changed by `spoil`. */
function standIn(
  delay: number,
  spoil: (values: { logProbs: Float32Array; responses: Int32Array }) => void = () => undefined,
): Engine {
  const engine = createReferenceEngine('float64');
  return {
    ...engine,
    kind: 'webgl',
    device: 'a GPU',
    async createPolicy(shape, parameters) {
      const policy = await engine.createPolicy(shape, parameters);
      return {
        ...policy,
        async sample(request) {
          const rollouts = await policy.sample(request);
          spoil(rollouts);
          await new Promise((resolve) => setTimeout(resolve, delay));
          return rollouts;
        },
      };
    },
  };
}

/** A reference engine that takes its time, so that the stand-in can win. */
function slowReference(): Engine {
  return { ...standIn(400), kind: 'reference', device: 'plain TypeScript' };
}

const choose = (webgl: () => Promise<Engine>, choice: RunSettings['engine'] = 'auto') =>
  chooseEngine(choice, start, settings, () => undefined, { webgl, reference: slowReference });

describe('automatic choice of the engine', () => {
  it('takes WebGL where it agrees and is faster, and says by how much', async () => {
    const { engine, reason } = await choose(async () => standIn(0));
    expect(engine.kind).toBe('webgl');
    expect(reason).toMatch(/^[\d.]+ ms a step, TypeScript \d+ ms; their numbers agree$/);
  });

  it('takes the reference engine where WebGL is slower', async () => {
    const { engine, reason } = await choose(async () => standIn(1200));
    expect(engine.kind).toBe('reference');
    expect(reason).toMatch(/^faster here: \d+ ms a step, WebGL on a GPU \d+ ms$/);
  });

  it.each([
    [
      'log-probabilities',
      ({ logProbs }: { logProbs: Float32Array }) => (logProbs[0]! += 0.01),
      /log-probabilities are off by 0\.01/,
    ],
    ['NaN', ({ logProbs }: { logProbs: Float32Array }) => (logProbs[0] = NaN), /NaN|failed/],
    [
      'tokens',
      ({ responses }: { responses: Int32Array }) =>
        responses.forEach((token, at) => (responses[at] = token === 0 ? 0 : (token % 9) + 1)),
      /of 32 answers have other tokens/,
    ],
  ])('refuses WebGL that computes wrong %s', async (_, spoil, message) => {
    const { engine, reason } = await choose(async () => standIn(0, spoil as never));
    expect(engine.kind).toBe('reference');
    expect(reason).toMatch(message);
  });

  it('says why WebGL could not start; asked for by hand, that is an error', async () => {
    const broken = () => Promise.reject(new Error('no float32 textures'));
    expect((await choose(broken)).reason).toBe('WebGL cannot run here: no float32 textures');
    await expect(choose(broken, 'webgl')).rejects.toThrow(
      'WebGL was chosen but cannot run here: no float32 textures',
    );
  });

  it('tries nothing where the choice is made by hand', async () => {
    const untouchable = (): Promise<Engine> => Promise.reject(new Error('must not be made'));
    expect((await choose(untouchable, 'reference')).reason).toBe('chosen in the settings');
    expect((await choose(async () => standIn(1200), 'webgl')).engine.kind).toBe('webgl');
  });
});
