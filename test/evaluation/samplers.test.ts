import { beforeAll, describe, expect, it } from 'vitest';
import { loadStart } from '../../src/cli/base.ts';
import { mean } from '../../src/core/statistics.ts';
import { enumerateAcceptSets, exactSuccess, type AcceptSets } from '../../src/evaluation/exact.ts';
import { countCorrect } from '../../src/evaluation/sampled.ts';
import { samplerSuccess } from '../../src/evaluation/samplers.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { DEFAULT_SETTINGS } from '../../src/run/settings.ts';
import { ALL_LETTERS, letters, LETTERS_SHAPE, lettersPolicy } from './example.ts';

const engine = await createWasmEngine();
const { task, shape, parameters, split } = await loadStart(DEFAULT_SETTINGS, engine);
const problems = split.heldOut.slice(0, 30);
let policy: Policy;
let sets: AcceptSets;
beforeAll(async () => {
  policy = await engine.createPolicy(shape, parameters);
  sets = enumerateAcceptSets(task, shape, problems);
});

describe('exact success under a sampler', () => {
  it('without a nucleus is that of the temperature', async () => {
    const temperatures = [0.3, 1, 1.7];
    const all = await samplerSuccess(
      policy,
      sets,
      temperatures.map((temperature) => ({ temperature, topP: 1 })),
    );
    for (const [i, temperature] of temperatures.entries()) {
      const { p } = await exactSuccess(policy, sets, temperature);
      all[i]!.p.forEach((each, n) => expect(each / p[n]!).toBeCloseTo(1, 3));
    }
  });

  it('with a nucleus over all 15 responses of the tiny task adds up to 1, some of them impossible', async () => {
    const tiny = await lettersPolicy(2);
    const of = { ...letters };
    const everything = enumerateAcceptSets(of, LETTERS_SHAPE, [{ accepts: ALL_LETTERS }]);
    for (const topP of [0.5, 0.8, 0.95]) {
      const [whole] = await samplerSuccess(tiny, everything, [{ temperature: 0.9, topP }]);
      expect(whole!.p[0]).toBeCloseTo(1, 6);
    }
    let impossible = 0;
    for (const text of ALL_LETTERS) {
      // The prompt tells one accepted response from several.
      const one = enumerateAcceptSets({ ...letters }, LETTERS_SHAPE, [{ accepts: [text] }]);
      const [success] = await samplerSuccess(tiny, one, [{ temperature: 0.9, topP: 0.5 }]);
      if (success!.p[0] === 0) impossible++;
    }
    expect(impossible).toBeGreaterThan(0);
    expect(impossible).toBeLessThan(15);
  });

  it.each([
    [0.6, 0.7],
    [1, 0.8],
  ])(
    'is what sampling 30 problems 32 times gives, τ = %f, top-p %f, within 4 standard errors',
    async (temperature, topP) => {
      const n = 32;
      const [success] = await samplerSuccess(policy, sets, [{ temperature, topP }]);
      const correct = await countCorrect(policy, task, problems, n, temperature, 5, 0, topP);
      const p = success!.p;
      const error = Math.sqrt(mean(p.map((each) => each * (1 - each))) / (n * problems.length));
      expect(Math.abs(mean(correct) / n - mean(p))).toBeLessThan(4 * error);
      // What cannot be drawn is not drawn; without a nucleus everything can be.
      const plain = await exactSuccess(policy, sets, temperature);
      expect(Math.min(...plain.p)).toBeGreaterThan(0);
      expect(p.filter((each) => each === 0).length).toBeGreaterThan(0);
      p.forEach((each, i) => each === 0 && expect(correct[i]).toBe(0));
    },
  );
});
