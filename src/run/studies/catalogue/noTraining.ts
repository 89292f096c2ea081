import { STUDY_SEEDS, type Study } from '../study.ts';
import { COUNTDOWN, YUE } from './shared.ts';

export const noTraining: Study = {
  name: 'no-training',
  title: 'The control: a learning rate of 0',
  question: 'Is it the training that moves the curves, or would rollouts and evaluations alone?',
  settings: COUNTDOWN,
  arms: [
    { id: 'grpo', label: 'GRPO', role: 'now', settings: {} },
    { id: 'still', label: 'learning rate 0', role: 'control', settings: { lr: 0 } },
  ],
  seeds: STUDY_SEEDS,
  figure: { kind: 'passAtK' },
  measures: ['pass@1', 'pass@16', 'pass@256', 'entropy', 'reward'],
  claims: [
    { measure: 'pass@1', arm: 'still', against: 'base' },
    { measure: 'pass@256', arm: 'still', against: 'base' },
    { measure: 'entropy', arm: 'still', against: 'base' },
    { measure: 'pass@256', arm: 'grpo', against: 'still' },
    { measure: 'crossing', arm: 'grpo', against: null },
  ],
  papers: [
    {
      says: 'The trained model samples with less entropy than the base.',
      source: `${YUE}, section 4`,
      sign: -1,
      ...{ measure: 'entropy', arm: 'grpo', against: 'still' },
    },
  ],
  why: 'The entropy is that of the rollouts of one step, whose prompts and tokens differ from step to step, so that the control’s is not exactly its base’s.',
};
