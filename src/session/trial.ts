import { Stream } from '../core/random.ts';
import { drawProblems } from '../experiments/trainingProblems.ts';
import {
  DEFAULT_ADAM,
  type Batch,
  type Engine,
  type PolicySnapshot,
  type Rollouts,
  type TokenWeights,
  type UpdateReport,
} from '../policy/policy.ts';
import { trainingStep } from '../rl/step.ts';
import type { RunSettings } from '../run/table.ts';
import { trainSettings } from '../run/trainSettings.ts';
import type { Start } from '../run/start.ts';

/** Enough sequences to check numbers by; the reference engine computes them in less than a tenth of a second. */
const CHECKED = 64;

/** Enough to load a GPU, few enough that trying takes no longer than a few steps. */
const TIMED = 512;

/** The settings of a run with at most so many sequences a step. */
function trialSettings(settings: RunSettings, sequences: number) {
  const train = trainSettings(settings);
  const prompts = Math.max(1, Math.floor(sequences / train.groupSize));
  return { ...train, promptsPerStep: Math.min(train.promptsPerStep, prompts) };
}

/** What one engine made of the first rollouts of the run to come, and of an update. */
export interface Trial {
  rollouts: Rollouts;
  report: UpdateReport;
  /** The parameters before the update, and all that is trained after it. */
  initial: Float32Array;
  after: PolicySnapshot;
}

/**
 * Samples as the run will, and makes one update on `batch`, or else on what it has sampled. Its weights are of all three
 * kinds and either sign: those of the run are often all 0 at first, where no answer is right. The gradient is clipped.
 */
export async function tryEngine(
  engine: Engine,
  start: Start,
  settings: RunSettings,
  batch?: Batch,
): Promise<Trial> {
  const train = trialSettings(settings, CHECKED);
  const { task, split, parameters: initial } = start;
  const { seed, temperature, groupSize } = train;
  const problems = drawProblems(split, train, 1);
  const policy = await engine.createPolicy(start.shape, initial);
  try {
    const rollouts = await policy.sample({
      prompts: Int32Array.from(problems.flatMap((problem) => task.encode(problem))),
      groupSize,
      temperature,
      key: { seed, stream: Stream.rollouts, step: 1 },
    });
    const report = await policy.update({
      batch: batch ?? rollouts,
      temperature,
      weights: variedWeights((batch ?? rollouts).responses.length),
      optimizer: { ...DEFAULT_ADAM, maxGradNorm: 0.01 },
    });
    return { rollouts, report, initial, after: await policy.snapshot() };
  } finally {
    policy.dispose();
  }
}

function variedWeights(size: number): TokenWeights {
  const wave = (frequency: number): Float32Array =>
    Float32Array.from({ length: size }, (_, i) => Math.sin(frequency * (i + 1)) / size);
  return { logProb: wave(1), entropy: wave(2), value: wave(3) };
}

/** Times steps of the run on an engine. */
export interface StepTimer {
  /** Milliseconds of one more step. */
  time(): Promise<number>;
  dispose(): void;
}

/** Gets ready to time steps of the run by the clock `now`, with one step to warm up. */
export async function stepTimer(
  engine: Engine,
  start: Start,
  settings: RunSettings,
  now: () => number,
): Promise<StepTimer> {
  const train = trialSettings(settings, TIMED);
  const policy = await engine.createPolicy(start.shape, start.parameters);
  let made = 0;
  const step = () =>
    trainingStep({
      policy,
      reference: policy,
      task: start.task,
      problems: drawProblems(start.split, train, ++made),
      settings: { ...train, innerEpochs: 1, minibatches: 1, klCoefficient: 0, filter: 'none' },
      seed: train.seed,
      step: made,
      train: true,
      measureKl: false,
    });
  try {
    await step();
  } catch (error) {
    policy.dispose();
    throw error;
  }
  return {
    async time() {
      const began = now();
      await step();
      return now() - began;
    },
    dispose: () => policy.dispose(),
  };
}

/** Sequences that may differ because a random number fell within rounding of the border of two tokens. */
const ROUNDING_SHARE = 0.01;
const LOG_PROB_TOLERANCE = 1e-3;
const GRADIENT_TOLERANCE = 1e-2;

/**
 * What is wrong with an engine's numbers beside the reference's, on whose rollouts it was updated, or null if they
 * agree: the same tokens but for rounding, log-probabilities within 1e-3, and within 1 % the norm of the gradient, the
 * gradient itself and the step of the parameters.
 */
export function disagreement(tried: Trial, reference: Trial): string | null {
  const { different, largest, sequences } = compareRollouts(tried.rollouts, reference.rollouts);
  if (different > Math.ceil(ROUNDING_SHARE * sequences))
    return `${different} of ${sequences} answers have other tokens`;
  if (!(largest <= LOG_PROB_TOLERANCE))
    return `log-probabilities are off by ${largest.toPrecision(2)}`;

  const { gradientNorm } = reference.report;
  // After one step of Adam the first moment is the gradient, clipped, times 1 − β₁.
  const gradient = reference.after.firstMoment;
  const size = norm(gradient) / Math.sqrt(gradient.length);
  // Adam divides by the gradient's size: of one that is next to 0, the step has the sign of its rounding.
  const isSure = (i: number): boolean => Math.abs(gradient[i]!) > 0.01 * size;
  const step = ({ after, initial }: Trial): Float32Array =>
    after.parameters.map((value, i) => (isSure(i) ? value - initial[i]! : 0));
  const errors = [
    ['the norm of the gradient', Math.abs(tried.report.gradientNorm / gradientNorm - 1)],
    ['the gradient', relativeDistance(tried.after.firstMoment, gradient)],
    ['the step of the parameters', relativeDistance(step(tried), step(reference))],
  ] as const;
  // A comparison that NaN fails.
  const wrong = errors.find(([, error]) => !(error <= GRADIENT_TOLERANCE));
  return wrong ? `${wrong[0]} is off by ${Number((100 * wrong[1]).toPrecision(2))} %` : null;
}

/** In how many sequences tokens differ, and the largest difference of log-probabilities in all others. */
function compareRollouts(tried: Rollouts, reference: Rollouts) {
  const sequences = reference.lengths.length;
  const T = reference.responses.length / sequences;
  let different = 0;
  let largest = 0;
  for (let b = 0; b < sequences; b++) {
    const from = b * T;
    const to = from + reference.lengths[b]!;
    let same = tried.lengths[b] === reference.lengths[b];
    for (let at = from; at < to && same; at++)
      same = tried.responses[at] === reference.responses[at];
    if (!same) different++;
    else
      for (let at = from; at < to; at++)
        // One NaN makes it NaN.
        largest = Math.max(largest, Math.abs(tried.logProbs[at]! - reference.logProbs[at]!));
  }
  return { different, largest, sequences };
}

/** ‖a − b‖ / ‖b‖ */
const relativeDistance = (a: Float32Array, b: Float32Array): number =>
  norm(a.map((value, i) => value - b[i]!)) / norm(b);

/** In float64, and without an argument for each of many thousand numbers. */
const norm = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
