import { positionCount, type PolicyShape } from '../shape.ts';

/**
 * Where each position of each sequence stands among the rows that the network computes.
 *
 * Neighbouring sequences with equal prompts share its rows, as a group of rollouts does. Positions follow one another:
 * first each position of the P prompts, then each response position of the B sequences. Rows count in quads of four,
 * which one fragment computes; P and B are filled up to whole quads. A position is then a contiguous block of quads, so
 * that decoding the next token is the same forward pass over the next block, and the cache of keys and values is
 * simply the rows before it.
 */
export interface Arrangement {
  sequences: number;
  promptQuads: number;
  sequenceQuads: number;
  /** [4 · sequenceQuads] the prompt of each sequence. */
  promptOf: Int32Array;
  /** [4 · promptQuads] the sequences of each prompt: from `first`, before `end`. */
  first: Int32Array;
  end: Int32Array;
}

/** Arranges sequences with the given prompts, [B, promptLength]. */
export function arrange(shape: PolicyShape, prompts: Int32Array): Arrangement {
  const { promptLength } = shape;
  const sequences = prompts.length / promptLength;
  const shared = new Int32Array(sequences);
  for (let b = 1; b < sequences; b++) {
    let same = true;
    for (let i = 0; i < promptLength && same; i++)
      same = prompts[b * promptLength + i] === prompts[(b - 1) * promptLength + i];
    shared[b] = shared[b - 1]! + (same ? 0 : 1);
  }
  const promptCount = sequences === 0 ? 0 : shared[sequences - 1]! + 1;
  const promptQuads = Math.ceil(promptCount / 4);
  const sequenceQuads = Math.ceil(sequences / 4);
  const promptOf = new Int32Array(4 * sequenceQuads);
  const first = new Int32Array(4 * promptQuads);
  const end = new Int32Array(4 * promptQuads);
  for (let b = 0; b < sequences; b++) {
    const p = shared[b]!;
    promptOf[b] = p;
    if (b === 0 || shared[b - 1] !== p) first[p] = b;
    end[p] = b + 1;
  }
  return { sequences, promptQuads, sequenceQuads, promptOf, first, end };
}

/** The first quad of position i; of position L, how many quads there are. */
export function startOf(shape: PolicyShape, rows: Arrangement, i: number): number {
  const { promptLength } = shape;
  return i < promptLength
    ? i * rows.promptQuads
    : promptLength * rows.promptQuads + (i - promptLength) * rows.sequenceQuads;
}

export function quadCount(shape: PolicyShape, rows: Arrangement): number {
  return startOf(shape, rows, positionCount(shape));
}

/**
 * The most sequences, from `from` on, whose arrangement fits into a capacity; at least four, which any capacity holds.
 */
export function fittingSequences(
  shape: PolicyShape,
  prompts: Int32Array,
  from: number,
  capacity: { quads: number; sequences: number },
): number {
  const { promptLength } = shape;
  const remaining = Math.min(prompts.length / promptLength - from, capacity.sequences);
  const fits = (count: number): boolean =>
    quadCount(
      shape,
      arrange(shape, prompts.subarray(from * promptLength, (from + count) * promptLength)),
    ) <= capacity.quads;
  if (fits(remaining)) return remaining;
  // Largest that fits, by bisection: quads grow with the sequences.
  let low = Math.min(4, remaining);
  let high = remaining;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
