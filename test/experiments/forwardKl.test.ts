import { describe, expect, it } from 'vitest';
import { createForwardKl } from '../../src/experiments/forwardKl.ts';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { parameterLayout } from '../../src/policy/shape.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

describe('the forward KL distance from the base, by domain', async () => {
  const task = await createTask('mixed');
  const shape = { ...shapeFor(task, { width: 8, layers: 1, heads: 2 }), responseLength: 1 };
  const engine = createReferenceEngine('float64');
  const problems = splitProblems(task, 1).heldOut.slice(0, 60);
  const taught = { ...task, domainOf: task.domainOf! };

  /** A policy whose one token is drawn from softmax(bias), whatever the prompt. */
  const withHead = (bias: (token: number) => number) => {
    const parameters = initialParameters(shape, 1);
    for (const { name, offset, size } of parameterLayout(shape)) {
      if (name === 'head.weight') parameters.fill(0, offset, offset + size);
      if (name === 'head.bias')
        for (let token = 0; token < size; token++) parameters[offset + token] = bias(token);
    }
    return engine.createPolicy(shape, parameters);
  };
  const [before, now] = [(t: number) => 0.2 * (t % 3), (t: number) => (t === 0 ? 4 : 0)];
  const softmax = (of: (t: number) => number): number[] => {
    const weights = Array.from({ length: shape.outputs }, (_, t) => Math.exp(of(t)));
    const total = weights.reduce((sum, w) => sum + w, 0);
    return weights.map((w) => w / total);
  };
  const settings = { temperature: 1, seed: 1 };

  it('is 0 for the base itself', async () => {
    const base = await withHead(before);
    const distance = await createForwardKl(base, taught, problems, settings);
    expect(await distance(base)).toEqual({
      ...{ countdown: { kl: 0, error: 0 }, programs: { kl: 0, error: 0 } },
    });
  });

  it('is KL(base ‖ now) and not the other way, within 4 of the standard errors that it tells', async () => {
    const [q, p] = [softmax(before), softmax(now)];
    const terms = q.map((qt, t) => ({ weight: qt, d: Math.log(qt / p[t]!) }));
    const forward = terms.reduce((sum, { weight, d }) => sum + weight * d, 0);
    const reverse = p.reduce((sum, pt, t) => sum - pt * terms[t]!.d, 0);
    const squares = terms.reduce((sum, { weight, d }) => sum + weight * d * d, 0);
    const distance = await createForwardKl(await withHead(before), taught, problems, settings);
    const found = await distance(await withHead(now));
    expect(Object.keys(found).sort()).toEqual(['countdown', 'programs']);
    for (const [domain, { kl, error }] of Object.entries(found)) {
      const count = problems.filter((problem) => task.domainOf!(problem) === domain).length;
      // The variance of one answer over 32 answers to each of `count` problems.
      const expected = Math.sqrt((squares - forward ** 2) / (32 * count));
      expect(error / expected, domain).toBeGreaterThan(0.85);
      expect(error / expected, domain).toBeLessThan(1.15);
      expect(Math.abs(kl - forward), domain).toBeLessThan(4 * error);
      expect(Math.abs(kl - reverse), domain).toBeGreaterThan(4 * error);
    }
  });
});
