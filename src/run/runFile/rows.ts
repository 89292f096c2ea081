import { REPORTED_KS } from '../../core/passAtK.ts';
import type { SampledPassAtK } from '../../evaluation/sampled.ts';
import type { SolvableSets } from '../../evaluation/solvable.ts';
import type { AnswerMeasures, BasePerplexity } from '../../experiments/answerMeasures.ts';
import type { Completion, CompletionGroup } from '../../experiments/completions.ts';
import type {
  EvaluatedProblems,
  EvaluationProblems,
  Evaluations,
} from '../../experiments/evaluate.ts';
import type { Finale, FinalePoint } from '../../experiments/finale.ts';
import type { TrainRow } from '../../experiments/train.ts';
import type { StepCheck } from '../../tasks/task.ts';
import {
  fields,
  flag,
  integer,
  list,
  maybe,
  number,
  oneOf,
  orNull,
  record,
  text,
  type Check,
} from './check.ts';

/** A probability, with the rounding of the sum that it is. */
const probability = number(-1e-3, 1.001);
const finite = number();
const short = text(2000);
const count = integer(0, 1e9);
const tokens = list(integer(0, 10_000), { most: 1000 });
const measure = orNull(finite);
const passAt = record(finite, REPORTED_KS);

const completion = fields<Completion>({
  text: short,
  tokens,
  correct: flag,
  detail: short,
  advantage: finite,
  logProb: finite,
  steps: maybe(list(fields<StepCheck>({ valid: flag, end: count, detail: short }), { most: 1000 })),
});
const completions = list(completion, { most: 4096 });

const evaluation = (problems: number | null) => ({
  passAt,
  p: list(probability, problems === null ? {} : { length: problems }),
  soundP: maybe(list(probability, problems === null ? {} : { length: problems })),
  soundPassAt: maybe(passAt),
});

const perplexities: { [Name in keyof Required<BasePerplexity>]: Check } = {
  base: finite,
  teacher: maybe(finite),
};

const answers = fields<AnswerMeasures>({
  problems: count,
  missing: finite,
  entropy: finite,
  entropyError: finite,
  distinct: record(finite),
  distinctError: record(finite),
  majority: record(finite),
  majorityError: record(finite),
  perplexity: fields<AnswerMeasures['perplexity']>({ ...perplexities, now: finite }),
});

const finale = fields<Finale>({
  kind: oneOf('interpolation', 'temperatures'),
  points: list(
    fields<FinalePoint>({
      x: finite,
      of: maybe(oneOf('base', 'now', 'matched')),
      topP: maybe(finite),
      passAt,
      p: list(probability),
      entropy: finite,
    }),
    { most: 1000 },
  ),
});

/** What each row of a run has to be, of a run with these problems. */
export function rowCheck({ heldOut, beyond }: EvaluationProblems): Check {
  const sampled = fields<SampledPassAtK>({
    samples: count,
    passAt: record(finite),
    standardError: record(finite),
  });
  return fields<TrainRow>({
    step: integer(0, 100_000),
    phase: maybe(oneOf('warm start')),
    step_time: number(0, 1e9),
    reward: finite,
    accuracy: maybe(finite),
    false_positives: maybe(measure),
    reward_std: finite,
    frac_reward_zero_std: finite,
    entropy: finite,
    kl: measure,
    clip_ratio: measure,
    grad_norm: measure,
    loss: measure,
    value_loss: measure,
    cov_share: measure,
    num_gen_batches: measure,
    'completions/mean_length': finite,
    num_tokens: count,
    wrong_steps: maybe(measure),
    acceptance: maybe(measure),
    target_error: maybe(finite),
    wrong_credit: maybe(measure),
    group: maybe(
      fields<CompletionGroup>({
        problem: short,
        prompt: tokens,
        completions,
        base: maybe(completions),
      }),
    ),
    heldOut: maybe(
      fields<Evaluations['heldOut']>({
        ...evaluation(heldOut.length),
        sampled: maybe(sampled),
        kl: maybe(finite),
        domains: maybe(record(record(finite))),
      }),
    ),
    train: maybe(fields<Evaluations['train']>(evaluation(null))),
    beyond: maybe(
      fields<NonNullable<Evaluations['beyond']>>(evaluation(beyond?.heldOut.length ?? 0)),
    ),
    solvable: maybe(
      fields<SolvableSets>({ both: count, baseOnly: count, rlOnly: count, neither: count }),
    ),
    answers: maybe(answers),
    finale: maybe(finale),
  });
}

const described = (most: number, length?: number) => {
  const size = length === undefined ? { most } : { length };
  return {
    heldOut: list(short, size),
    acceptCounts: list(count, size),
    chanceP: list(probability, size),
    chanceSoundP: maybe(list(probability, size)),
  };
};

const lengthOf = (problems: unknown): number => {
  const { heldOut } = (problems ?? {}) as Partial<EvaluatedProblems>;
  return Array.isArray(heldOut) ? heldOut.length : 0;
};

/** What the held-out problems of a run have to be: as many of each as there are names. */
export const problemsCheck: Check = (value, what) => {
  const beyond = (value as Partial<EvaluationProblems> | null)?.beyond;
  const most = 10_000;
  fields<EvaluationProblems>({
    ...described(most, Math.min(most, lengthOf(value))),
    beyond: maybe(
      fields<NonNullable<EvaluationProblems['beyond']>>({
        ...described(most, Math.min(most, lengthOf(beyond))),
        skill: short,
      }),
    ),
  })(value, what);
};
