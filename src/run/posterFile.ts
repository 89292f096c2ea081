import {
  fields,
  list,
  maybe,
  number,
  oneOf,
  record,
  recordOrNull,
  seed,
  share,
  step,
  text,
} from './schema.ts';

/** Of a recorded run what its first pictures need. In `public/runs/posters/<preset>.json`. */
export interface Poster {
  format: 'rlvr-poster';
  version: 1;
  /** The command that made it. */
  command: string;
  preset: string;
  /** The link of the settings that it is of, as they were when it was made. */
  link: string;
  task: string;
  seed: number;
  /** The last evaluation's. */
  step: number;
  /** Over some of the steps: the mean reward, the entropy in nats, and the share of right answers where a program does not pay. */
  trained: {
    steps: number[];
    reward: number[];
    entropy: number[];
    accuracy?: number[] | undefined;
  };
  /** Over the evaluations: mean exact pass@k by k. */
  evaluated: { steps: number[]; passAt: Record<string, number[]> };
  /** [held-out problems] exact success probabilities of the base, and at that step. */
  baseP: number[];
  p: number[];
  /** The same of the problems beyond a narrow prior, and of random guesses at them. */
  beyond?: { chanceP: number[]; baseP: number[]; p: number[] } | undefined;
  /** w(p) of the algorithm. */
  weight: { p: number[]; of: number[] };
}

const some = { least: 1, most: 1000 };
const probabilities = list(share, some);
const steps = list(step, some);
const small = list(number(-1e3, 1e3), some);
const posterSchema = fields<Poster>({
  ...{ format: oneOf('rlvr-poster'), version: oneOf(1), command: text(200), preset: text(40) },
  ...{ link: text(1000), task: text(100), seed, step },
  trained: fields<Poster['trained']>({
    ...{ steps, reward: probabilities, entropy: small, accuracy: maybe(probabilities) },
  }),
  evaluated: fields<Poster['evaluated']>({ steps, passAt: record(/^\d+$/, probabilities) }),
  ...{ baseP: probabilities, p: probabilities },
  beyond: maybe(
    fields<NonNullable<Poster['beyond']>>({
      ...{ chanceP: probabilities, baseP: probabilities, p: probabilities },
    }),
  ),
  weight: fields<Poster['weight']>({ p: probabilities, of: small }),
});

/** The poster in a file; null where it is not one. */
export const parsePoster = (json: string): Poster | null =>
  recordOrNull('rlvr-poster', posterSchema, json);
