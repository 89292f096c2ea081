import { sharedWebgl } from '../policy/sharedWebgl.ts';
import { describeAlgorithms } from './onEngines/algorithms.ts';
import { describeAnswers } from './onEngines/answers.ts';
import { describeDeferredReport } from './onEngines/deferredReport.ts';
import { describeJudge, describeLearners } from './onEngines/learners.ts';
import { describeMemory } from './onEngines/memory.ts';

// One engine and one shape for all. Which algorithm weighs the tokens is nothing that an engine sees: here is one
// with deferred reports, one with a value and minibatches, one that draws more, one with an entropy; long/ has them all.
const webgl = sharedWebgl();

describeAlgorithms(webgl, [
  ['grpo', 'countdown'],
  ['ppo', 'countdown'],
  ['dapo', 'countdown'],
  ['entropy-bonus', 'countdown'],
]);
describeDeferredReport(webgl);
describeMemory(webgl, 30);
describeAnswers(webgl);
describeJudge(webgl);
describeLearners(
  webgl,
  [{ experiment: 'distillation' }, { experiment: 'on-policy-distillation' }],
  16,
);
