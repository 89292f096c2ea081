import { COUNTDOWN, GRPO_ARM, TRAINED_ON, YUE, armsOver, study } from './shared.ts';

export const steps = study({
  name: 'steps',
  title: 'Ten times as many steps',
  question: 'After many more steps, does pass@256 fall further, or come back?',
  settings: { ...COUNTDOWN, steps: 3000, evalEvery: 150 },
  arms: [GRPO_ARM],
  figure: { kind: 'overSteps', measure: 'pass@256' },
  claims: [
    { measure: 'pass@1', arm: 'grpo', against: 'base' },
    { measure: 'pass@256', arm: 'grpo', against: 'base' },
    { measure: 'pass@1', arm: 'grpo', against: null, between: [300, 3000] },
    { measure: 'pass@256', arm: 'grpo', against: null, between: [300, 3000] },
    { measure: 'entropy', arm: 'grpo', against: null, between: [300, 3000] },
  ],
  papers: [
    {
      says: 'From step 150 to 450 pass@1 in training goes on rising.',
      source: `${YUE}, table 4`,
      sign: 1,
      measure: 'train.passAt.1',
      arm: 'grpo',
      against: null,
      between: [150, 450],
    },
    {
      says: 'From step 150 to 450 pass@256 goes on falling.',
      source: `${YUE}, table 4`,
      sign: -1,
      measure: 'pass@256',
      arm: 'grpo',
      against: null,
      between: [150, 450],
    },
    {
      says: 'Prolonged training with resets and varied tasks expands what is solved.',
      source: 'Liu et al. 2025 (ProRL), arXiv 2505.24864',
      sign: 1,
      why: 'ProRL holds its policy by KL, resets its reference and has more kinds of problems; plain GRPO for ten times as long goes on narrowing.',
      measure: 'pass@256',
      arm: 'grpo',
      against: 'base',
    },
  ],
  why: 'ProRL holds its policy by KL and resets its reference; neither is done here.',
});

/** Networks of several widths, each pretrained by its run, on as many problems. */
const widths = (trainProblems: number) => ({
  settings: {
    ...COUNTDOWN,
    base: 'live',
    pretrainSteps: 600,
    evalEvery: 100,
    trainProblems,
  } as const,
  arms: armsOver('width', [8, 16, 32], (value) => `width ${value}`),
  figure: {
    kind: 'overSetting',
    measure: TRAINED_ON,
    setting: 'width',
    logarithmic: true,
  } as const,
  measures: ['train.passAt.1', TRAINED_ON, 'pass@1', 'pass@256', 'entropy'],
  claims: [
    ...[8, 16, 32].map((width) => ({
      measure: TRAINED_ON,
      arm: `width-${width}`,
      against: 'base',
    })),
    { measure: TRAINED_ON, arm: 'width-32', against: 'width-16' },
  ],
});

export const width = study({
  name: 'width',
  title: 'Capacity',
  question: 'If the network is wide for its 32 problems, is there still something to lose?',
  ...widths(32),
  papers: [],
  why: 'All problems share the network’s parameters, so what raises one answer can lower another. All seeds of a width begin with the same base.',
});

export const ample = study({
  name: 'ample',
  title: 'Capacity where it is ample',
  question:
    'The same networks are trained on 4 problems. Where there is room for each, does the loss vanish?',
  ...widths(4),
  papers: [],
  why: 'The same four problems with every seed: one that is lost counts for a quarter. All seeds of a width begin with the same base.',
});
