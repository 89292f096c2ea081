import { armsOver, COUNTDOWN, GRPO_ARM, study, TRAINED_ON, YUE } from './shared.ts';

export const trainingSet = study({
  name: 'training-set',
  title: 'How many training problems',
  question:
    'Critics say that the narrowing comes from narrow training sets. Do more problems keep pass@256?',
  settings: COUNTDOWN,
  arms: [
    ...armsOver('trainProblems', [32, 128, 512], (n) => `${n} problems`),
    { ...GRPO_ARM, label: 'all 1,599 problems' },
  ],
  figure: { kind: 'passAtK' },
  claims: [
    { measure: 'pass@1', arm: 'trainProblems-32', against: 'grpo' },
    { measure: 'pass@256', arm: 'trainProblems-32', against: 'grpo' },
    { measure: 'pass@256', arm: 'trainProblems-512', against: 'grpo' },
    { measure: 'pass@1', arm: 'trainProblems-128', against: 'grpo' },
    { measure: 'pass@256', arm: 'trainProblems-128', against: 'grpo' },
  ],
  papers: [
    {
      says: 'Narrow training sets, such as MATH and GSM8K alone, cannot show a limit of RL (a criticism).',
      source: 'Lambert 2025',
      sign: -1,
      measure: 'pass@256',
      arm: 'trainProblems-32',
      against: 'grpo',
    },
  ],
  why: 'All problems of the toy are of one kind, so more of them is more of the same. The largest set is a pool of 1,599, not an endless stream of new ones: some of the 1,600 draws of 100 steps are of the same problem.',
});

export const capacity = study({
  name: 'capacity',
  title: 'How many problems share the network',
  question:
    'A network with few problems has room for each. Do those that it is trained on still lose answers?',
  settings: COUNTDOWN,
  arms: armsOver('trainProblems', [1, 4, 16, 64, 512], (n) => `${n} problem${n === 1 ? '' : 's'}`),
  figure: {
    kind: 'overSetting',
    measure: TRAINED_ON,
    setting: 'trainProblems',
    logarithmic: true,
  },
  measures: ['train.passAt.1', TRAINED_ON, 'pass@1', 'pass@256', 'entropy'],
  claims: [
    { measure: TRAINED_ON, arm: 'trainProblems-1', against: 'base' },
    { measure: TRAINED_ON, arm: 'trainProblems-4', against: 'base' },
    { measure: TRAINED_ON, arm: 'trainProblems-64', against: 'base' },
    { measure: TRAINED_ON, arm: 'trainProblems-64', against: 'trainProblems-4' },
    { measure: 'pass@256', arm: 'trainProblems-4', against: 'base' },
    { measure: 'pass@1', arm: 'trainProblems-1', against: 'base' },
  ],
  papers: [
    {
      says: 'Trained on one problem only, a model of mathematics doubles its accuracy on others.',
      why: 'There one problem taught the form of an answer, which this base has already; what is left to learn here is the one answer.',
      source: 'Wang et al. 2025, arXiv 2504.20571',
      sign: 1,
      measure: 'pass@1',
      arm: 'trainProblems-1',
      against: 'base',
    },
    {
      says: 'In training as on new problems, the base ends above the trained model at k = 256.',
      source: `${YUE}, figure 1 and table 4`,
      sign: -1,
      measure: TRAINED_ON,
      arm: 'trainProblems-512',
      against: 'base',
    },
  ],
  why: 'All seeds train on the same few problems, the first of the training set; what varies is the order and the answers. On one problem a loss would have to be of its last right answer. There the one problem was chosen among many, and what it taught is in good part the form of an answer.',
});
