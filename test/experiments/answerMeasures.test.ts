import { describe, expect, it } from 'vitest';
import { loadStart } from '../../src/cli/base.ts';
import { basePerplexity } from '../../src/experiments/answerMeasures.ts';
import type { Teacher } from '../../src/experiments/learner.ts';
import { startExperiment } from '../../src/experiments/startExperiment.ts';
import type { TrainRow } from '../../src/experiments/train.ts';
import { createBatch } from '../../src/policy/batch.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { DEFAULT_SETTINGS, trainSettings, type RunSettings } from '../../src/run/settings.ts';
import { ALL_LETTERS, letters, LETTERS_SHAPE, lettersPolicy } from '../evaluation/example.ts';

describe('perplexities under the base', () => {
  const engine = createReferenceEngine('float64');
  const problems = [{ accepts: ['ab.', 'b.'] }, { accepts: ['aab'] }];
  const shape = { ...LETTERS_SHAPE, width: 12 };
  const teacher: Teacher = {
    shape,
    parameters: initialParameters(shape, 7).map((value) => 1.5 * value),
  };
  const sampler = { evalTemperature: 0.8 };

  /** [problem][answer] log π of each of the 15 answers, scored one by one. */
  async function scored(policy: Policy): Promise<number[][]> {
    const all = [];
    for (const problem of problems) {
      const ofProblem = [];
      for (const text of ALL_LETTERS) {
        const response = Array.from(text, (letter) => '.ab'.indexOf(letter));
        const batch = createBatch(policy.shape, [{ prompt: letters.encode(problem), response }]);
        const { logProbs } = await policy.score({ batch, temperature: 0.8 });
        ofProblem.push(logProbs.slice(0, text.length).reduce((sum, each) => sum + each, 0));
      }
      all.push(ofProblem);
    }
    return all;
  }

  it('are exp of −log π_base a token, of all 15 answers weighed as the base and the teacher give them', async () => {
    const base = await lettersPolicy(4);
    const network = await engine.createPolicy(teacher.shape, teacher.parameters);
    const [ofBase, ofTeacher] = [await scored(base), await scored(network)];
    const expected = (weights: number[][]): number => {
      let surprise = 0;
      let tokens = 0;
      weights.forEach((ofProblem, i) =>
        ofProblem.forEach((logProb, j) => {
          surprise -= Math.exp(logProb) * ofBase[i]![j]!;
          tokens += Math.exp(logProb) * ALL_LETTERS[j]!.length;
        }),
      );
      return Math.exp(surprise / tokens);
    };
    const found = await basePerplexity(engine, base, teacher, letters, problems, sampler);
    // Answers of less than 1e-5 are left out.
    expect(found.base / expected(ofBase)).toBeCloseTo(1, 4);
    expect(found.teacher! / expected(ofTeacher)).toBeCloseTo(1, 4);
    expect(Math.abs(found.teacher! - found.base)).toBeGreaterThan(0.1);
  });

  it('of a teacher with the base’s parameters is the base’s own; without a teacher there is none', async () => {
    const base = await lettersPolicy(4);
    const twin = {
      shape: LETTERS_SHAPE,
      parameters: initialParameters(LETTERS_SHAPE, 4).map((value) => 1.5 * value),
    };
    const found = await basePerplexity(engine, base, twin, letters, problems, sampler);
    expect(found.teacher).toBe(found.base);
    expect(await basePerplexity(engine, base, null, letters, problems, sampler)).toEqual({
      base: found.base,
    });
  });

  it('refuse a teacher that cannot answer the base’s prompts', async () => {
    const other = { ...teacher, shape: { ...shape, promptLength: 3 } };
    await expect(
      basePerplexity(engine, await lettersPolicy(4), other, letters, problems, sampler),
    ).rejects.toThrow("the teacher has promptLength 3, expected the policy's 2");
  });
});

describe('a run that enumerates answers', () => {
  it('has the teacher’s perplexity in every evaluated row, once computed, and gives the teacher back', async () => {
    const engine = await createWasmEngine();
    const settings: RunSettings = {
      ...DEFAULT_SETTINGS,
      ...{ steps: 2, prompts: 4, groupSize: 4, lr: 3e-3, evalEvery: 1 },
      ...{ evalProblems: 2, evalSamples: 0, answerProblems: 2, evalTemperature: 0.6 },
    };
    const { task, shape, parameters, split, teacher } = await loadStart(settings, engine);
    let open = 0;
    let made = 0;
    const counting: typeof engine = {
      ...engine,
      async createPolicy(...parts) {
        const policy = await engine.createPolicy(...parts);
        open++;
        made++;
        return { ...policy, dispose: () => void (open--, policy.dispose()) };
      },
    };
    const run = await startExperiment(
      ...([counting, task, shape, parameters, split, trainSettings(settings)] as const),
      null,
      teacher,
    );
    const rows: TrainRow[] = [];
    for await (const row of run.rows) rows.push(row);
    expect([made, open]).toEqual([3, 2]);
    run.dispose();
    expect(open).toBe(0);

    const base = await engine.createPolicy(shape, parameters);
    const problems = split.heldOut.slice(0, 2);
    const known = await basePerplexity(engine, base, teacher!, task, problems, {
      evalTemperature: settings.evalTemperature,
    });
    expect(rows).toHaveLength(3);
    for (const { answers } of rows) expect(answers!.perplexity).toMatchObject(known);
    const [first, , last] = rows.map(({ answers }) => answers!.perplexity);
    expect(first!.now).toBe(known.base);
    expect(last!.now).not.toBe(known.base);
    expect(known.teacher).not.toBe(known.base);
    base.dispose();
  });
});
