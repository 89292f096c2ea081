import { say } from '../text/words.ts';
import { HEADLINE_HINTS } from './headlineWords.ts';

/** What is said of the head of a column or a row: meaning, formula, and what TRL's GRPO trainer calls it. */
export interface MeasureHint {
  text: string;
  formula?: string;
  trl?: string;
}

const NO_TRL = 'none';

/** Of measures that tables have beside those of the headline; `{k}` is the number of samples. */
const TABLES = {
  'pass@k': {
    text: 'The share of held-out problems that at least one of {k} samples solves.',
    formula: 'mean over problems of 1 − (1 − p)^{k}',
    trl: NO_TRL,
  },
  answerEntropy: {
    text: 'How undecided the policy is about its whole answer, not about each token; 0 is always the same answer.',
    formula: '−Σ π(y) log π(y) over the answers y, mean over problems',
    trl: NO_TRL,
  },
  distinct: {
    text: 'How many different answers to a problem to expect among {k} samples.',
    formula: 'Σ 1 − (1 − π(y))^{k} over the answers y, mean over problems',
    trl: NO_TRL,
  },
  majority: {
    text: 'How often the most frequent of {k} answers is right; ties are broken evenly.',
    formula: 'P(the mode of {k} samples is right), mean over problems',
    trl: NO_TRL,
  },
  perplexity: {
    text: 'How surprised the base is by the tokens of an answer: 1 is not at all.',
    formula: 'exp(−Σ E log π_base(y) / Σ E |y|)',
    trl: NO_TRL,
  },
  steps: {
    text: 'Updates that the run has made, each from new rollouts.',
    formula: 'the step of its last row',
    trl: 'global_step',
  },
  seconds: {
    text: 'How long the steps have taken here, without the evaluations.',
    formula: 'Σ step_time over the steps',
    trl: 'step_time, of each step',
  },
  seed: {
    text: 'The number from which the prompts and all sampled tokens follow: the same seed, the same run.',
    formula: 'a whole number',
    trl: 'seed, of the trainer’s settings',
  },
};

type HintName = keyof typeof TABLES | keyof typeof HEADLINE_HINTS;
const HINTS: Readonly<Record<HintName, { text: string; formula: string; trl: string }>> = {
  ...HEADLINE_HINTS,
  ...TABLES,
};

/** What is said of a measure, with its places filled. */
export function measureHint(name: HintName, k?: string | number): MeasureHint {
  const { text, formula, trl } = HINTS[name];
  if (k === undefined) return { text, formula, trl };
  return { text: say(text, { k }), formula: say(formula, { k }), trl };
}

/** Of `pass@16` and the like, of which only some have words of their own; undefined of what is no measure. */
export function columnHint(name: string): MeasureHint | undefined {
  if (Object.hasOwn(HINTS, name)) return measureHint(name as HintName);
  const [, k] = /^pass@(\d+)$/.exec(name) ?? [];
  return k === undefined ? undefined : measureHint('pass@k', k);
}
