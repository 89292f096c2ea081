import type { Recording } from './recording.ts';

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
export function parsePoster(text: string): Poster | null {
  try {
    const poster = JSON.parse(text) as Partial<Poster>;
    const isP = (p: unknown): boolean =>
      Array.isArray(p) && p.length > 0 && p.every(Number.isFinite);
    const isPoster =
      poster.format === 'rlvr-poster' && poster.version === 1 && isP(poster.baseP) && isP(poster.p);
    return isPoster ? (poster as Poster) : null;
  } catch {
    return null;
  }
}
