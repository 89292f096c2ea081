import { words } from '../text/words.ts';

/** The figures over steps. */
export const STEP_TEXT = words('over steps', {
  title: 'Over training',
  passTitle: 'pass@k over training',
  entropyTitle: 'Sampling entropy',
  entropy: 'entropy',
  entropyAxis: 'entropy (nats)',
  entropyCaption:
    'Of the token distributions that the rollouts are drawn from, in nats a token: how many ways the policy still tries.',
  axis: 'training step',
  at: 'step {step}',
  drawn: 'about one step of {every} is drawn',
  exact: 'Held-out problems, exact, at every evaluation.',
  moves: 'Held-out problems, exact: {one}, {many}.',
  same: 'pass@{k} has not moved',
  risen: 'pass@{k} has risen by {size}',
  fallen: 'pass@{k} has fallen by {size}',
  fault: 'NaN at step {step}',
  change: '{label} from {first} to {last}',
  noSteps: '{label}: no steps yet',
  reward: 'reward',
  accuracy: 'accuracy',
  wrongSteps: 'wrong steps',
  rewardTitle: 'Reward',
  accepted: 'The share of this step’s rollouts on training problems that the verifier accepts.',
  acceptedWrong:
    'The share of this step’s rollouts on training problems that the verifier accepts, and the share of those that contain a wrong step.',
  paid: 'What this step’s rollouts on training problems are paid, and the share of them that is right.',
  share: 'share',
  meanReward: 'mean reward',
});
