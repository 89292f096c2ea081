import { defineSetting } from '../../core/setting.ts';
import { warmStepsOf, type WarmUp } from '../../experiments/experiments.ts';
import { DEFAULT_ADAM } from '../../policy/policy.ts';
import { ALGORITHMS } from '../../rl/algorithms.ts';
import { STEPS } from '../../rl/needs.ts';
import { LEARNS_BY_ALGORITHM, PAYS, TRAINS } from './needs.ts';

/** How long and by how much the policy is trained, and by which algorithm. */
export const TRAINING_SETTINGS = [
  defineSetting({
    key: 'algorithm',
    flag: 'algorithm',
    label: 'Algorithm',
    help: 'How rewards become an update. It sets the choices and numbers below, and you can change each.',
    kind: 'choice',
    table: ALGORITHMS,
    default: 'grpo',
    place: 190,
    needs: [TRAINS, PAYS, LEARNS_BY_ALGORITHM],
    readBy: 'nobody',
  }),
  defineSetting({
    key: 'seed',
    flag: 'seed',
    label: 'Seed',
    help: 'Decides the training prompts and every sampled token; the same seed gives the same run.',
    kind: 'integer',
    range: [0, 0x7fffffff],
    default: 1,
    place: 'elsewhere',
  }),
  defineSetting({
    key: 'steps',
    flag: 'steps',
    label: 'Steps',
    help: 'The run ends after this many updates.',
    kind: 'integer',
    range: [0, 100_000],
    default: 300,
  }),
  defineSetting({
    key: 'lr',
    flag: 'lr',
    label: 'Learning rate',
    help: 'Step size of Adam, or of evolution strategies; with 0 nothing changes.',
    kind: 'number',
    range: [0, 10],
    default: 1e-3,
    place: 200,
    needs: [TRAINS, STEPS],
  }),
  defineSetting({
    key: 'prompts',
    flag: 'prompts',
    label: 'Prompts per step',
    help: 'Number of training problems that are drawn for each step.',
    kind: 'integer',
    range: [1, 512],
    default: 32,
    needs: [TRAINS],
  }),
  defineSetting({
    key: 'groupSize',
    flag: 'group-size',
    label: 'Group size',
    help: 'Number of answers sampled per prompt; their mean reward is the baseline.',
    kind: 'integer',
    range: [1, 256],
    default: 16,
    place: 210,
    needs: [TRAINS],
  }),
  defineSetting({
    key: 'maxGradNorm',
    flag: 'max-grad-norm',
    label: 'Gradient clip',
    help: 'A gradient with a norm larger than this is scaled down to it.',
    kind: 'number',
    range: [1e-6, 1e6],
    default: DEFAULT_ADAM.maxGradNorm,
    needs: [
      TRAINS,
      {
        when: (settings: WarmUp) =>
          settings.experiment !== 'evolution' || warmStepsOf(settings) > 0,
        otherwise: 'Evolution strategies have no gradient',
      },
      STEPS,
    ],
  }),
  defineSetting({
    key: 'temperature',
    flag: 'temperature',
    label: 'Temperature',
    help: 'Temperature of the training rollouts; the policy is trained as it is sampled.',
    kind: 'number',
    range: [0.01, 10],
    default: 1,
    place: 240,
    needs: [TRAINS],
  }),
] as const;
