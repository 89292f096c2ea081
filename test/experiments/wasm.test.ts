import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { ALL_ALGORITHMS, describeAlgorithms } from './onEngines/algorithms.ts';
import { describeAnswers } from './onEngines/answers.ts';
import { describeJudge, describeLearners } from './onEngines/learners.ts';
import { describeMemory } from './onEngines/memory.ts';

const engine = await createWasmEngine();
const wasm = () => engine;

describeAlgorithms(wasm, ALL_ALGORITHMS);
describeMemory(wasm, 30);
describeAnswers(wasm);
describeJudge(wasm);
describeLearners(
  wasm,
  [{ experiment: 'distillation' }, { experiment: 'on-policy-distillation' }],
  16,
);
