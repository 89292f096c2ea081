import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stream } from '../../../src/core/random.ts';
import { enumerateAnswers } from '../../../src/evaluation/answers.ts';
import { complete, moveChains, type Path } from '../../../src/evaluation/powerChain.ts';
import { rootOf } from '../../../src/evaluation/prefixes.ts';
import { basePerplexity, measureAnswers } from '../../../src/experiments/answerMeasures.ts';
import { startExperiment } from '../../../src/experiments/startExperiment.ts';
import type { TrainRow } from '../../../src/experiments/train.ts';
import type { Engine, Policy } from '../../../src/policy/policy.ts';
import { DEFAULT_SETTINGS, trainSettings } from '../../../src/run/settings.ts';
import { baseOf, reference, type TestBase } from './base.ts';

/** The largest difference that float32 sums in another order make of a probability or a mean of some. */
const TOLERANCE = 1e-4;

/** Enumeration, measures and power sampling have the same numbers on both engines. */
export function describeAnswers(webgl: () => Engine): void {
  describe('answers', () => {
    let base: TestBase;
    let problems: unknown[];
    let onReference: Policy;
    let onWebgl: Policy;
    beforeAll(async () => {
      base = await baseOf();
      problems = base.split.heldOut.slice(0, 3);
      onReference = await reference.createPolicy(base.shape, base.parameters);
      onWebgl = await webgl().createPolicy(base.shape, base.parameters);
    });
    afterAll(() => {
      onReference.dispose();
      onWebgl.dispose();
    });

    describe('the enumeration of answers', () => {
      it.each([0.8])(
        'finds the same answers with the same probabilities on both engines, at temperature %f',
        async (temperature) => {
          const { task } = base;
          const smallest = 1e-4;
          const [expected, actual] = await Promise.all(
            [onReference, onWebgl].map((policy) =>
              enumerateAnswers(policy, task, problems, { smallest, temperature }),
            ),
          );
          expected!.forEach((of, i) => {
            const byName = new Map(
              actual![i]!.answers.map((answer) => [answer.response.join(), answer]),
            );
            expect(of.answers.length).toBeGreaterThan(50);
            // One that is just as likely as `smallest` may be found by one engine alone.
            const sure = of.answers.filter(({ logProb }) => Math.exp(logProb) > 1.001 * smallest);
            expect(sure.length).toBeGreaterThan(0.98 * of.answers.length);
            for (const { response, logProb, correct } of sure) {
              const same = byName.get(response.join())!;
              expect(same.correct).toBe(correct);
              // Of the probability itself and of its ratio, since most are far smaller than the tolerance.
              expect(Math.abs(Math.exp(same.logProb - logProb) - 1)).toBeLessThan(TOLERANCE);
            }
            expect(Math.abs(actual![i]!.missing - of.missing)).toBeLessThan(TOLERANCE);
          });
        },
      );

      it('has the same measures and perplexities on both engines', async () => {
        const { task, shape, parameters } = base;
        const teacher = { shape, parameters: parameters.map((value) => 0.9 * value) };
        const sampler = { evalTemperature: 1 };
        const some = problems.slice(0, 1);
        const measuresOn = async (engine: Engine, policy: Policy) => {
          const known = await basePerplexity(engine, policy, teacher, task, some, sampler);
          return measureAnswers(policy, policy, task, some, sampler, known);
        };
        const expected = await measuresOn(reference, onReference);
        const actual = await measuresOn(webgl(), onWebgl);
        for (const name of ['base', 'now', 'teacher'] as const)
          expect(actual.perplexity[name]! / expected.perplexity[name]!).toBeCloseTo(1, 4);
        expect(expected.perplexity.teacher).not.toBeCloseTo(expected.perplexity.base, 2);
        expect(actual.entropy / expected.entropy).toBeCloseTo(1, 3);
        for (const k of ['1', '4', '16', '64', 'Infinity'])
          expect(Math.abs(actual.majority[k]! - expected.majority[k]!)).toBeLessThan(1e-3);
      });
    });

    describe('power sampling', () => {
      const C = 4;
      const alpha = 2;
      const streams = {
        position: Stream.powerPosition,
        token: Stream.powerToken,
        acceptance: Stream.powerAcceptance,
      };

      it('moves every chain to the same state on both engines, move by move', async () => {
        const { task, shape } = base;
        const statesOn = async (policy: Policy) => {
          const starts = problems.flatMap((problem) => {
            const root = rootOf(task.encode(problem));
            return Array.from({ length: C }, (): Path => [root]);
          });
          const key = { seed: 3, stream: Stream.powerStart, step: 0 };
          let chains = await complete(policy, starts, alpha, key);
          const states = [{ chains, accepted: chains.map(() => true) }];
          for (let step = 1; step <= 10; step++) {
            const limit = step <= 5 ? 3 : shape.responseLength;
            const moves = await moveChains(policy, chains, limit, alpha, {
              seed: 3,
              step,
              streams,
            });
            chains = moves.map(({ path }) => path);
            states.push({ chains, accepted: moves.map(({ accepted }) => accepted) });
          }
          return states;
        };
        const [expected, actual] = [await statesOn(onReference), await statesOn(onWebgl)];
        const tokensOf = (paths: readonly Path[]) =>
          paths.map((path) => path.at(-1)!.tokens.join());
        expected.forEach(({ chains, accepted }, step) => {
          expect(tokensOf(actual[step]!.chains), `after move ${step}`).toEqual(tokensOf(chains));
          expect(actual[step]!.accepted).toEqual(accepted);
          chains.forEach((path, c) =>
            expect(
              Math.abs(actual[step]!.chains[c]!.at(-1)!.logProb - path.at(-1)!.logProb),
            ).toBeLessThan(TOLERANCE),
          );
        });
        // The chains do move, and refuse to.
        const taken = expected.slice(1).flatMap(({ accepted }) => accepted);
        expect(new Set(taken)).toEqual(new Set([true, false]));
        expect(tokensOf(expected.at(-1)!.chains)).not.toEqual(tokensOf(expected[0]!.chains));
      });

      it('as an experiment has the same rows on both engines', async () => {
        const { task, split, shape, parameters } = base;
        const rowsOn = async (engine: Engine) => {
          const settings = trainSettings({
            ...DEFAULT_SETTINGS,
            ...{ experiment: 'power-sampling', seed: 3, steps: 6, evalEvery: 3, evalProblems: 8 },
            ...{ chains: C, alpha, blocks: 2 },
          });
          const run = await startExperiment(engine, task, shape, parameters, split, settings);
          const rows: TrainRow[] = [];
          for await (const row of run.rows) rows.push(row);
          run.dispose();
          return rows;
        };
        const [expected, actual] = [await rowsOn(reference), await rowsOn(webgl())];
        expect(actual).toHaveLength(7);
        expect(Math.max(...expected.map(({ reward }) => reward))).toBeGreaterThan(0);
        expected.forEach((row, step) => {
          const other = actual[step]!;
          for (const metric of ['reward', 'num_tokens', 'acceptance'] as const)
            expect(other[metric], `${metric} of move ${step}`).toBe(row[metric]);
          expect(other.group!.completions.map(({ text }) => text)).toEqual(
            row.group!.completions.map(({ text }) => text),
          );
          expect(other.entropy).toBeCloseTo(row.entropy, 4);
          expect(other.heldOut?.sampled?.passAt).toEqual(row.heldOut?.sampled?.passAt);
          row.heldOut?.p.forEach((p, i) =>
            expect(Math.abs(other.heldOut!.p[i]! - p)).toBeLessThan(TOLERANCE),
          );
        });
      });
    });
  });
}
