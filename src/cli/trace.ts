import { Stream } from '../core/random.ts';
import { drawProblems } from '../experiments/trainingProblems.ts';
import type { Policy, UpdateReport, UpdateRequest } from '../policy/policy.ts';
import { createReferenceEngine } from '../policy/reference/engine.ts';
import { LAYER_NORM_EPSILON, parameterLayout } from '../policy/shape.ts';
import { ALGORITHMS, GRPO } from '../rl/algorithms.ts';
import { trainingStep } from '../rl/step.ts';
import { changedSettings, trainSettings, type RunSettings } from '../run/settings.ts';
import { loadStart } from './base.ts';
import type { PlainFlag } from './flags.ts';
import { openOutput } from './output.ts';

export const TRACE_FLAGS: readonly PlainFlag[] = [
  { flag: 'out', help: 'file for the trace; - for stdout', default: '-' },
];

const CONVENTIONS = {
  rows: 'arrays of [B, T] are row by row; sequence b answers prompt floor(b / groupSize); mask is 1 up to and including the end token',
  network:
    'pre-layer-norm decoder; input = prompt, then response[0 … T-2]; position promptLength-1+t gives the logits of response[t]; matrices [in, out] act on row vectors; qkv columns are q, k, v of D each, heads consecutive; silu MLP; population variance',
  layerNormEpsilon: LAYER_NORM_EPSILON,
  logProbs: 'natural logarithm of softmax(logits / temperature) at the sampled token',
  gradient: 'of the loss, before clipping; parameters move against it',
  optimizer:
    'g <- g * min(1, maxGradNorm / |g|); Adam (Kingma & Ba 2015) with bias correction, epsilon outside the root',
};

/** Writes step 1 of a run, with everything needed to recompute it in another framework. */
export async function runTrace(
  settings: RunSettings,
  plain: Record<string, string>,
): Promise<void> {
  const output = await openOutput(plain['out']!);
  const engine = createReferenceEngine('float32');
  const { task, split, shape, parameters } = await loadStart(settings, engine);
  const train = trainSettings({ ...settings, innerEpochs: 1, minibatches: 1 });
  const policy = await engine.createPolicy(shape, parameters);
  const reference = await engine.createPolicy(shape, parameters);
  const before = await policy.snapshot();

  let seen: { request: UpdateRequest; report: UpdateReport } | undefined;
  const watched: Policy = {
    ...policy,
    async update(request) {
      const report = await policy.update(request);
      seen = { request, report };
      return report;
    },
  };
  const problems = drawProblems(split, train, 1);
  const { batch, advantages, metrics } = await trainingStep({
    policy: watched,
    reference,
    task,
    problems,
    settings: train,
    seed: train.seed,
    step: 1,
    train: true,
    measureKl: true,
  });
  if (!batch || !seen)
    throw new Error('no group of step 1 has both right and wrong answers, so it makes no update');
  const { rollouts, verdicts, outcomes } = batch;
  const { request, report } = seen;
  const after = await policy.snapshot();
  const replay = await engine.createPolicy(shape, parameters);
  // The policy climbs J = −loss, so the gradient of the loss is −∇J.
  const gradient = replay.gradient(request).map((value) => -value);
  const T = shape.responseLength;
  const plainArray = (values: ArrayLike<number>): number[] => Array.from(values);
  await output.write(
    JSON.stringify({
      format: 'rlvr-trace',
      version: 2,
      conventions: CONVENTIONS,
      settings: Object.fromEntries(changedSettings(settings)),
      step: 1,
      randomStream: Stream.rollouts,
      algorithm: {
        name: settings.algorithm,
        source: ALGORITHMS[settings.algorithm].source,
        ...Object.fromEntries(
          Object.keys(GRPO).map((key) => [key, settings[key as keyof typeof GRPO]]),
        ),
      },
      temperature: train.temperature,
      groupSize: train.groupSize,
      shape,
      layout: parameterLayout(shape),
      vocabulary: task.vocabulary.tokens,
      problems: batch.problems.map((problem) => task.showProblem(problem)),
      prompts: plainArray(rollouts.prompts),
      tokens: plainArray(rollouts.responses),
      mask: Array.from(rollouts.responses, (_, at) =>
        at % T < rollouts.lengths[Math.floor(at / T)]! ? 1 : 0,
      ),
      rewards: outcomes,
      reasons: verdicts.map(({ reason }) => reason),
      advantages: plainArray(advantages),
      logProbs: plainArray(rollouts.logProbs),
      entropies: plainArray(rollouts.entropies),
      loss: metrics.loss,
      gradientNorm: report.gradientNorm,
      gradient: plainArray(gradient),
      optimizer: request.optimizer,
      optimizerBefore: {
        updates: before.updates,
        firstMoment: plainArray(before.firstMoment),
        secondMoment: plainArray(before.secondMoment),
      },
      optimizerAfter: {
        updates: after.updates,
        firstMoment: plainArray(after.firstMoment),
        secondMoment: plainArray(after.secondMoment),
      },
      parametersBefore: plainArray(before.parameters),
      parametersAfter: plainArray(after.parameters),
    }),
  );
  await output.close();
  engine.dispose();
}
