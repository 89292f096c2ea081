import { describe, expect, it } from 'vitest';
import { klFromBase } from '../../src/evaluation/movement.ts';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { parameterLayout } from '../../src/policy/shape.ts';
import { createTask } from '../../src/tasks/registry.ts';

describe('the KL distance from the base', async () => {
  const task = await createTask('countdown-3');
  const shape = { ...shapeFor(task, { width: 8, layers: 1, heads: 2 }), responseLength: 1 };
  const engine = createReferenceEngine('float64');
  const base = initialParameters(shape, 1);
  const problems = task.allProblems().slice(0, 1500);

  /** A policy whose first token is drawn from softmax(bias), whatever the prompt. */
  const withHead = (bias: (token: number) => number) => {
    const parameters = base.slice();
    for (const { name, offset, size } of parameterLayout(shape)) {
      if (name === 'head.weight') parameters.fill(0, offset, offset + size);
      if (name === 'head.bias')
        for (let token = 0; token < size; token++) parameters[offset + token] = bias(token);
    }
    return engine.createPolicy(shape, parameters);
  };

  it('is 0 for the base itself', async () => {
    const policy = await engine.createPolicy(shape, base);
    const same = await engine.createPolicy(shape, base);
    expect(await klFromBase(policy, same, task, problems, 1, 1, 1)).toBe(0);
  });

  it('is the KL distance of two known distributions, within 4 standard errors of 3,000 answers', async () => {
    const [now, before] = [(t: number) => 0.3 * t, (t: number) => 0.2 * (t % 3)];
    const softmax = (of: (t: number) => number) => {
      const weights = Array.from({ length: shape.outputs }, (_, t) => Math.exp(of(t)));
      const total = weights.reduce((sum, w) => sum + w, 0);
      return weights.map((w) => w / total);
    };
    const [p, q] = [softmax(now), softmax(before)];
    const terms = p.map((pt, t) => {
      const d = Math.log(pt / q[t]!);
      return { weight: pt, d };
    });
    const expected = terms.reduce((sum, { weight, d }) => sum + weight * d, 0);
    const squares = terms.reduce((sum, { weight, d }) => sum + weight * d * d, 0);
    const error = Math.sqrt((squares - expected ** 2) / 3000);
    const measured = await klFromBase(
      await withHead(now),
      await withHead(before),
      task,
      problems,
      1,
      1,
      1,
    );
    expect(Math.abs(measured - expected)).toBeLessThan(4 * error);
    // Of 8 times as many answers, with an error of 1 / √8 of that.
    const more = await klFromBase(
      ...([await withHead(now), await withHead(before), task, problems, 1, 1, 1, 16] as const),
    );
    expect(Math.abs(more - expected)).toBeLessThan((4 * error) / Math.sqrt(8));
    expect(more).not.toBe(measured);
    expect(error).toBeLessThan(expected / 20);
  });
});
