import { describe, expect, test } from 'vitest';
import { ALL_ALGORITHMS, describeAlgorithms } from '../experiments/onEngines/algorithms.ts';
import { describeAnswers } from '../experiments/onEngines/answers.ts';
import { describeConfigurations } from '../experiments/onEngines/configurations.ts';
import { describeDeferredReport } from '../experiments/onEngines/deferredReport.ts';
import {
  ALL_LEARNERS,
  describeJudge,
  describeLearners,
} from '../experiments/onEngines/learners.ts';
import { describeMemory } from '../experiments/onEngines/memory.ts';
import { describeNumbers } from '../policy/numbers.ts';
import { beyondRounding, distancesOf, SHAPES } from '../policy/parity.ts';
import { sharedWebgl } from '../policy/sharedWebgl.ts';

// Everything that engines are held to, on either way of reading textures: a renderer in software takes the first by
// itself, a GPU the second.
describe.each(['texture', 'texelFetch'] as const)('programs that read by %s', (reads) => {
  const webgl = sharedWebgl({ reads });

  test.each(Object.entries(SHAPES))('20 steps on both engines: %s', async (_, shape) => {
    expect(beyondRounding(await distancesOf(webgl(), shape, 20))).toEqual({});
  });
  describeNumbers(webgl);
  describeAlgorithms(webgl, [...ALL_ALGORITHMS, ['grpo', 'mixed']]);
  describeLearners(webgl, ALL_LEARNERS, 24);
  describeJudge(webgl);
  describeAnswers(webgl);
  describeDeferredReport(webgl);
  describeMemory(webgl, 300);
  describeConfigurations(webgl, 20);
});
