import { drawProblems } from '../experiments/trainingProblems.ts';
import type { Engine, Rollouts } from '../policy/policy.ts';
import { trainingStep } from '../rl/step.ts';
import type { RunSettings } from '../run/table.ts';
import { trainSettings } from '../run/trainSettings.ts';
import type { Start } from '../run/start.ts';

/** What one engine made of a real step of the run to come. */
export interface Trial {
  rollouts: Rollouts;
  gradientNorm: number;
  /** Wall time of a second step, after compiling and warming up. */
  milliseconds: number;
}

/** Enough sequences to load a GPU, few enough that trying takes no longer than a few steps. */
const LARGEST_TRIAL = 512;

/** Makes two steps of the run on an engine: the first to hold its numbers against another's, the second for time. */
export async function tryEngine(
  engine: Engine,
  start: Start,
  settings: RunSettings,
): Promise<Trial> {
  const train = trainSettings(settings);
  const prompts = Math.max(1, Math.floor(LARGEST_TRIAL / train.groupSize));
  const promptsPerStep = Math.min(train.promptsPerStep, prompts);
  const policy = await engine.createPolicy(start.shape, start.parameters);
  const step = (number: number) =>
    trainingStep({
      policy,
      reference: policy,
      task: start.task,
      problems: drawProblems(start.split, { ...train, promptsPerStep }, number),
      settings: { ...train, innerEpochs: 1, minibatches: 1, klCoefficient: 0, filter: 'none' },
      seed: train.seed,
      step: number,
      train: true,
      measureKl: false,
    });
  try {
    const first = await step(1);
    const began = performance.now();
    await step(2);
    return {
      rollouts: first.drawn.rollouts,
      gradientNorm: first.metrics.grad_norm!,
      milliseconds: performance.now() - began,
    };
  } finally {
    policy.dispose();
  }
}

/** Sequences that may differ because a random number fell within rounding of the border of two tokens. */
const ROUNDING_SHARE = 0.01;
const LOG_PROB_TOLERANCE = 1e-3;
const GRADIENT_TOLERANCE = 1e-2;

/**
 * What is wrong with an engine's step beside the reference's, or null if they agree: the same tokens but for rounding,
 * log-probabilities within 1e-3 and, where all tokens are the same, gradient norms within 1 %.
 */
export function disagreement(tried: Trial, reference: Trial): string | null {
  const B = reference.rollouts.lengths.length;
  const T = reference.rollouts.responses.length / B;
  let different = 0;
  let largest = 0;
  for (let b = 0; b < B; b++) {
    const from = b * T;
    const to = from + reference.rollouts.lengths[b]!;
    let same = tried.rollouts.lengths[b] === reference.rollouts.lengths[b];
    for (let at = from; at < to && same; at++)
      same = tried.rollouts.responses[at] === reference.rollouts.responses[at];
    if (!same) different++;
    else
      for (let at = from; at < to; at++) {
        const error = Math.abs(tried.rollouts.logProbs[at]! - reference.rollouts.logProbs[at]!);
        // A comparison that NaN fails.
        if (!(error <= largest)) largest = error;
      }
  }
  if (different > Math.ceil(ROUNDING_SHARE * B))
    return `${different} of ${B} answers have other tokens`;
  if (!(largest <= LOG_PROB_TOLERANCE))
    return `log-probabilities are off by ${largest.toPrecision(2)}`;
  const relative = Math.abs(tried.gradientNorm - reference.gradientNorm) / reference.gradientNorm;
  if (different === 0 && reference.gradientNorm > 0 && !(relative <= GRADIENT_TOLERANCE))
    return `the gradient is off by ${(100 * relative).toPrecision(2)} %`;
  return null;
}
