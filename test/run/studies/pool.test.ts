import { expect, it } from 'vitest';
import { SPLIT_SEED } from '../../../src/run/bases.ts';
import { studyNamed } from '../../../src/run/studies/catalogue.ts';
import { createTask, splitProblems } from '../../../src/tasks/registry.ts';

it('the largest training set is called by its size, which is finite', async () => {
  const { train } = splitProblems(await createTask('countdown-3'), SPLIT_SEED);
  const { arms, why } = studyNamed('training-set');
  const size = `${Math.floor(train.length / 1000)},${train.length % 1000}`;
  expect(arms.at(-1)!.label).toBe(`all ${size} problems`);
  expect(why).toContain(size);
});
