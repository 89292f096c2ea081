import { startExperiment } from '../experiments/startExperiment.ts';
import { warmStepsOf } from '../experiments/experiments.ts';
import { LAYER_NORM_EPSILON, parameterLayout } from '../policy/shape.ts';
import { ALGORITHMS, GRPO } from '../rl/algorithms.ts';
import type { StepResult } from '../rl/step.ts';
import { changedSettings, trainSettings, type RunSettings } from '../run/settings.ts';
import { loadStart } from './base.ts';
import { engineFor } from './engine.ts';
import { UsageError, type PlainFlag } from './flags.ts';
import { openOutput } from './output.ts';
import { recordUpdates, type RecordedUpdate } from './trace/recordUpdates.ts';

export const TRACE_FLAGS: readonly PlainFlag[] = [
  { flag: 'out', help: 'file for the trace; - for stdout', default: '-' },
];

const CONVENTIONS = {
  rows: 'arrays of [B, T] are row by row; sequence b answers prompt floor(b / groupSize); mask is 1 up to and including the end token',
  updates:
    'in their order, each of the sequences [from, to) of the batch; states[i] is before update i, the last one after all; the policy of states[0] drew the batch and is the reference of the KL terms',
  network:
    'pre-layer-norm decoder; input = prompt, then response[0 … T-2]; position promptLength-1+t gives the logits of response[t]; matrices [in, out] act on row vectors; qkv columns are q, k, v of D each, heads consecutive; silu MLP; population variance',
  layerNormEpsilon: LAYER_NORM_EPSILON,
  logProbs: 'natural logarithm of softmax(logits / temperature) at the sampled token',
  outcomes: '1 where an answer is paid for, by whoever pays in this run',
  metrics: 'of the row that train writes of step 1; loss and grad_norm are means over its updates',
  gradient: 'of the loss, before clipping; parameters move against it',
  optimizer:
    'g <- g * min(1, maxGradNorm / |g|); Adam (Kingma & Ba 2015) with bias correction, epsilon outside the root; moments are of the gradient of the loss',
};

/** @throws UsageError naming the setting, where step 1 of the run is not one of RLVR. */
function requireStep(settings: RunSettings): void {
  const { experiment, steps } = settings;
  const refuse = (flag: string, value: string | number, expected: string): never => {
    throw new UsageError(`--${flag} is '${value}', and a trace is of step 1 of RLVR: ${expected}`);
  };
  if (experiment !== 'rlvr') refuse('experiment', experiment, "expected 'rlvr'");
  if (steps === 0) refuse('steps', steps, 'expected at least 1');
  const warmSteps = warmStepsOf(settings);
  if (warmSteps > 0) refuse('warm-steps', warmSteps, 'expected 0, no steps of a teacher before it');
}

/**
 * Writes step 1 of the run that `train` makes of the same settings, with everything needed to recompute each of its updates
 * in another framework.
 * @throws UsageError for settings whose step 1 is not one of RLVR.
 * @throws Error where step 1 makes no update.
 */
export async function runTrace(
  settings: RunSettings,
  plain: Record<string, string>,
): Promise<void> {
  requireStep(settings);
  const output = await openOutput(plain['out']!);
  try {
    await output.write(JSON.stringify(await traceOf(settings)));
  } finally {
    await output.close();
  }
}

/** The run itself up to the row of step 1, on an engine that records its updates. */
async function traceOf(settings: RunSettings): Promise<object> {
  const own = await engineFor(settings);
  const { engine, updatesOf } = recordUpdates(own);
  const start = await loadStart(settings, engine);
  const { task, split, shape, parameters, teacher } = start;
  const train = trainSettings(settings);
  let result: StepResult | undefined;
  const run = await startExperiment(
    ...([engine, task, shape, parameters, split, train, null, teacher] as const),
    undefined,
    (step, made) => {
      if (step === 1) result = made;
    },
  );
  try {
    for await (const row of run.rows) if (row.step === 1) break;
    const updates = updatesOf(run.policy);
    const { batch, metrics, advantages } = result!;
    if (!batch || updates.length === 0)
      throw new Error('no group of step 1 has both right and wrong answers, so it makes no update');
    const { rollouts, problems, outcomes, verdicts, greedyRewards, steps } = batch;
    const T = shape.responseLength;
    const plainArray = (values: ArrayLike<number>): number[] => Array.from(values);
    return {
      format: 'rlvr-trace',
      version: 3,
      conventions: CONVENTIONS,
      settings: Object.fromEntries(changedSettings(settings)),
      step: 1,
      algorithm: {
        name: settings.algorithm,
        source: ALGORITHMS[settings.algorithm].source,
        ...Object.fromEntries(
          Object.keys(GRPO).map((key) => [key, settings[key as keyof typeof GRPO]]),
        ),
      },
      metrics,
      temperature: train.temperature,
      groupSize: train.groupSize,
      shape,
      layout: parameterLayout(shape),
      vocabulary: task.vocabulary.tokens,
      problems: problems.map((problem) => task.showProblem(problem)),
      prompts: plainArray(rollouts.prompts),
      tokens: plainArray(rollouts.responses),
      mask: Array.from(rollouts.responses, (_, at) =>
        at % T < rollouts.lengths[Math.floor(at / T)]! ? 1 : 0,
      ),
      outcomes,
      reasons: verdicts.map(({ reason }) => reason),
      greedyOutcomes: greedyRewards,
      stepChecks: steps,
      rewards: plainArray(result!.rewards),
      advantages: plainArray(advantages),
      logProbs: plainArray(rollouts.logProbs),
      entropies: plainArray(rollouts.entropies),
      optimizer: train.optimizer,
      updates: showUpdates(updates, outcomes.length),
      states: [updates[0]!.before, ...updates.map(({ after }) => after)].map((state) => ({
        updates: state.updates,
        parameters: plainArray(state.parameters),
        firstMoment: Array.from(state.firstMoment, (value) => -value),
        secondMoment: plainArray(state.secondMoment),
      })),
    };
  } finally {
    run.dispose();
    own.dispose();
  }
}

/** The updates of a step on B sequences: its minibatches follow each other, and each epoch begins again. */
function showUpdates(updates: readonly RecordedUpdate[], B: number): object[] {
  let from = 0;
  return updates.map(({ request, report, gradient }) => {
    const to = from + request.batch.lengths.length;
    const update = {
      ...{ from, to, ...report },
      weights: Object.fromEntries(
        Object.entries(request.weights).map(([of, each]) => [of, Array.from(each as Float32Array)]),
      ),
      // The policy climbs J = −loss, so the gradient of the loss is −∇J.
      gradient: Array.from(gradient, (value) => -value),
    };
    from = to % B;
    return update;
  });
}
