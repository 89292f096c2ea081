import type { Checkpoint } from '../experiments/train.ts';

/** The checkpoints of a run that the page can go back to. */
export interface Checkpoints {
  /** Whether a checkpoint of this step is to be kept and is not yet. */
  wants(step: number): boolean;
  add(checkpoint: Checkpoint): void;
  /** The steps that there are checkpoints of, in order. */
  steps(): number[];
  all(): readonly Checkpoint[];
  /** The checkpoint of exactly this step; null where there is none. */
  of(step: number): Checkpoint | null;
  /** What the checkpoints hold, in bytes. */
  bytes(): number;
  /** Those up to a step, for a run that branches off there. */
  upTo(step: number): Checkpoints;
}

/** So many checkpoints from one step to twice that step. */
const PER_DOUBLING = 4;

/** Room for about 60 checkpoints of a network of 45,000 parameters with both moments of Adam. */
const MOST_BYTES = 32 * 2 ** 20;

/** The i of the whole number nearest to 2^(i / 4) that this step is, -1 for step 0; null for other steps. */
function gridIndex(step: number): number | null {
  if (step <= 0) return step === 0 ? -1 : null;
  const i = Math.round(PER_DOUBLING * Math.log2(step));
  return (
    [i - 1, i, i + 1].find(
      (near) => near >= 0 && Math.round(2 ** (near / PER_DOUBLING)) === step,
    ) ?? null
  );
}

function bytesOf({ snapshot, judge, learner }: Checkpoint): number {
  const answers = learner?.answers;
  const arrays = [snapshot, judge].flatMap((each) =>
    each ? [each.parameters, each.firstMoment, each.secondMoment] : [],
  );
  return [
    ...arrays,
    ...(answers ? [answers.prompts, answers.responses, answers.lengths] : []),
    ...(learner?.past ?? []),
  ].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/**
 * Keeps checkpoints of the steps 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 13, 16, 19 …, the whole numbers nearest to 2^(i / 4), and
 * of the latest step given. A run changes fastest at its beginning, so equal distances on a logarithmic axis are even in
 * what happens between them; and their number grows with the logarithm of the steps: 300 steps have 30, 10,000 have 51.
 * Where they would take more than `mostBytes`, only those with an even i stay, then those with i a multiple of 4, and so on;
 * step 0 and the latest always do.
 */
export function createCheckpoints(
  mostBytes = MOST_BYTES,
  from: readonly Checkpoint[] = [],
): Checkpoints {
  let kept = [...from];
  let stride = 1;
  const isOnGrid = (step: number): boolean => {
    const i = gridIndex(step);
    return i !== null && (i === -1 || i % stride === 0);
  };
  const bytes = (): number => kept.reduce((sum, each) => sum + bytesOf(each), 0);
  return {
    wants: (step) => isOnGrid(step) && step > (kept.at(-1)?.step ?? -1),
    add(checkpoint) {
      if (checkpoint.step <= (kept.at(-1)?.step ?? -1)) return;
      kept = [...kept.filter(({ step }) => isOnGrid(step)), checkpoint];
      while (kept.length > 2 && bytes() > mostBytes) {
        stride *= 2;
        kept = kept.filter((each) => isOnGrid(each.step) || each === checkpoint);
      }
    },
    steps: () => kept.map(({ step }) => step),
    all: () => kept,
    of: (step) => kept.find((each) => each.step === step) ?? null,
    bytes,
    upTo: (last) =>
      createCheckpoints(
        mostBytes,
        kept.filter(({ step }) => step <= last),
      ),
  };
}
