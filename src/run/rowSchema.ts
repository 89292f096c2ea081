import * as v from 'valibot';
import { REPORTED_KS } from '../core/passAtK.ts';
import type { SampledPassAtK } from '../evaluation/sampled.ts';
import type { SolvableSets } from '../evaluation/solvable.ts';
import type { AnswerMeasures } from '../experiments/answerMeasures.ts';
import type { Completion, CompletionGroup } from '../experiments/completions.ts';
import type {
  EvaluatedProblems,
  EvaluationProblems,
  Evaluations,
} from '../experiments/evaluate.ts';
import type { EstimatedKl } from '../experiments/forwardKl.ts';
import type { Finale, FinalePoint } from '../experiments/finale.ts';
import type { TrainRow } from '../experiments/train.ts';
import type { PolicyShape } from '../policy/shape.ts';
import { LARGEST_SIZE, type StepCheck } from '../tasks/task.ts';
import {
  amount,
  count,
  fields,
  flag,
  integer,
  list,
  maybe,
  number,
  oneOf,
  orNull,
  real,
  record,
  share,
  step,
  none,
  text,
  type Schema,
} from './schema.ts';

const line = text(2000);
/** In nats a token: at most the logarithm of the largest vocabulary, 4096 tokens. */
const entropy = number(0, 10, 1e-3);
const DOMAIN = /^[a-z-]{1,40}$/;
const K = /^[1-9]\d{0,6}$/;
const passAt: Schema<Record<string, number>> = fields(
  Object.fromEntries(REPORTED_KS.map((k) => [k, share])),
);

/** What the rows of one kind of file have to be, beside what all have to. */
export interface RowParts {
  prompt: Schema<number[]>;
  /** The tokens of an answer. */
  answer: Schema<number[]>;
  /** Whether a row with an evaluation has answers of the base. */
  hasBase: boolean;
  /** A number that not every run has. */
  measure: (entry: Schema<number>) => Schema<number | null>;
}

/** Rows of a run of a network of this shape with all that its pictures are drawn from. */
export const wholeRow = (shape: PolicyShape, hasBase: boolean): RowParts => ({
  prompt: list(integer(0, shape.vocabulary - 1), { length: shape.promptLength }),
  answer: list(integer(0, shape.outputs - 1), { most: shape.responseLength }),
  hasBase,
  measure: orNull,
});

const groupsOf = ({ prompt, answer, hasBase }: RowParts) => {
  const check = fields<StepCheck>({ valid: flag, end: count, detail: line });
  const completion = fields<Completion>({
    ...{ text: line, tokens: answer, correct: flag, detail: line },
    ...{ advantage: real, logProb: real },
    steps: maybe(list(check, { most: 1000 })),
  });
  const completions = list(completion, { least: 1, most: 4096 });
  const groupWith = (base: Schema<Completion[] | undefined>) =>
    fields<CompletionGroup>({ problem: line, prompt, completions, base });
  return {
    plain: groupWith(maybe(completions)),
    evaluated: groupWith(hasBase ? completions : maybe(completions)),
  };
};

const sampled = fields<SampledPassAtK>({
  samples: count,
  passAt: record(K, share),
  standardError: record(K, share),
});
const solvable = fields<SolvableSets>({
  ...{ both: count, baseOnly: count, rlOnly: count, neither: count },
});
const answers = fields<AnswerMeasures>({
  ...{ problems: count, missing: share, entropy: amount, entropyError: amount },
  ...{ distinct: record(K, amount), distinctError: record(K, amount) },
  majority: record(/^([1-9]\d{0,6}|Infinity)$/, share),
  majorityError: record(K, amount),
  perplexity: fields<AnswerMeasures['perplexity']>({
    ...{ base: amount, teacher: maybe(amount), now: amount },
  }),
});
const finale = fields<Finale>({
  kind: oneOf('interpolation', 'temperatures'),
  points: list(
    fields<FinalePoint>({
      x: number(0, 100),
      of: maybe(oneOf('base', 'now', 'matched')),
      topP: maybe(share),
      ...{ passAt, p: list(share), entropy },
    }),
    { most: 1000 },
  ),
});

/** Of so many problems; of the training problems a recording keeps none. */
const evaluation = (problems: number | null): Schema<Evaluations['heldOut']> => {
  const p = list(share, problems === null ? {} : { length: problems });
  return fields<Evaluations['heldOut']>({
    ...{ passAt, p, soundP: maybe(p), soundPassAt: maybe(passAt) },
    ...{ sampled: maybe(sampled), kl: maybe(real) },
    domains: maybe(record(DOMAIN, passAt)),
    forwardKl: maybe(record(DOMAIN, fields<EstimatedKl>({ kl: real, error: amount }))),
  });
};

/** What each row of a run has to be, of a run with these problems. */
export function rowSchema(
  { heldOut, beyond }: EvaluationProblems,
  parts: RowParts,
): Schema<TrainRow> {
  const { measure } = parts;
  const group = groupsOf(parts);
  const ofEveryStep = {
    step,
    phase: maybe(oneOf('warm start')),
    step_time: number(0, 1e9),
    ...{ reward: share, accuracy: maybe(share), false_positives: maybe(measure(share)) },
    ...{ reward_std: share, frac_reward_zero_std: share, entropy },
    ...{ kl: measure(amount), clip_ratio: measure(share), grad_norm: measure(amount) },
    ...{ loss: measure(real), value_loss: measure(amount), cov_share: measure(share) },
    ...{ num_gen_batches: measure(count), num_tokens: count },
    'completions/mean_length': number(0, 10_000),
    ...{ acceptance: maybe(measure(share)), target_error: maybe(amount) },
    ...{ wrong_steps: maybe(measure(share)), wrong_credit: maybe(measure(share)) },
  };
  const plain = fields<TrainRow>({
    ...{ ...ofEveryStep, group: maybe(group.plain) },
    ...{ heldOut: none, train: none, beyond: none, solvable: none, answers: none, finale: none },
  });
  const evaluated = fields<TrainRow>({
    ...{ ...ofEveryStep, group: group.evaluated },
    heldOut: evaluation(heldOut.length),
    train: maybe(evaluation(null)),
    beyond: beyond ? evaluation(beyond.heldOut.length) : none,
    ...{ solvable, answers: maybe(answers), finale: maybe(finale) },
  });
  return v.lazy((row) => {
    const { heldOut, train, solvable } = (row ?? {}) as Partial<TrainRow>;
    return (heldOut ?? train ?? solvable) ? evaluated : plain;
  });
}

/** The held-out problems of a run: as many of each list as there are names. */
export const problemsSchema: Schema<EvaluationProblems> = v.lazy((found) => {
  const { beyond } = (found ?? {}) as Partial<EvaluationProblems>;
  return fields<EvaluationProblems>({
    ...described(found),
    beyond: maybe(
      fields<NonNullable<EvaluationProblems['beyond']>>({ ...described(beyond), skill: line }),
    ),
  });
});

function described(found: unknown) {
  const { heldOut } = (found ?? {}) as Partial<EvaluatedProblems>;
  const length = Array.isArray(heldOut) ? Math.max(1, Math.min(10_000, heldOut.length)) : 1;
  const chanceP = list(share, { length });
  return {
    ...{ heldOut: list(line, { length }), acceptCounts: list(count, { length }) },
    ...{ chanceP, chanceSoundP: maybe(chanceP) },
    needing: maybe(list(integer(0, length - 1), { most: length })),
    sizes: maybe(list(integer(0, LARGEST_SIZE), { length })),
  };
}
