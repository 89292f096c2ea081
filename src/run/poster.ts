import type { Recording } from './recording.ts';
import { fields, list, oneOf, recordOrNull, seed, share, step, text } from './schema.ts';

/** Of a recorded run what its first picture needs: a hundredth of its size. In `public/runs/<task>.poster.json`. */
export interface Poster {
  format: 'rlvr-poster';
  version: 1;
  task: string;
  seed: number;
  /** The last evaluation's. */
  step: number;
  /** [held-out problems] exact success probabilities of the base, and at that step. */
  baseP: number[];
  p: number[];
}

const probabilities = list(share, { least: 1 });
const posterSchema = fields<Poster>({
  ...{ format: oneOf('rlvr-poster'), version: oneOf(1), task: text(100), seed, step },
  ...{ baseP: probabilities, p: probabilities },
});

export function posterOf({ task, seed, rows }: Recording): Poster {
  const evaluated = rows.filter((row) => row.heldOut);
  const [first, last] = [evaluated[0]!, evaluated.at(-1)!];
  const { step } = last;
  return {
    ...{ format: 'rlvr-poster', version: 1, task, seed, step },
    ...{ baseP: first.heldOut!.p, p: last.heldOut!.p },
  };
}

/** The poster in a file; null where it is not one. */
export const parsePoster = (json: string): Poster | null =>
  recordOrNull('rlvr-poster', posterSchema, json);
