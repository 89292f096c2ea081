import type { Checkpoint, TrainRow, TrainRun } from '../experiments/train.ts';
import type { Engine } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import { branchProblem } from '../run/branch.ts';
import type { Start } from '../run/start.ts';
import type { RunSettings } from '../run/table.ts';
import { trainSettings } from '../run/trainSettings.ts';
import { createCheckpoints, type Checkpoints } from './checkpoints.ts';
import type { Moment } from './moment.ts';
import type { Load } from './protocol.ts';
import { checkpointOf, survivingRows, type Loss } from './survive.ts';

/** The run of a session: what makes its rows, what is kept of it, and how far it is. */
export interface CurrentRun {
  start: Start;
  settings: RunSettings;
  rows: AsyncGenerator<TrainRow, void>;
  checkpoints: Checkpoints;
  /** While it computes; null before and once it has ended. */
  training: TrainRun | null;
  /** The step of the latest row; of a branch without rows, that of its checkpoint. */
  step: number;
  /** The base's p of the held-out problems, once it is known. */
  baseP: number[] | null;
  /** Whether its state is that after `step`, and no step has been left off. */
  isWhole: boolean;
}

/** Where a run begins that is another's from some step on. */
export interface Branch {
  checkpoint: Checkpoint;
  /** Those of the other run up to there. */
  checkpoints: Checkpoints;
  /** That of the other run: what a base trained in the page was, only its run knows. */
  base: Base;
}

/** The network that a run began with, of a run that goes on. */
export type Base = Pick<Start, 'shape' | 'parameters'>;

const noCheckpoint = (step: number, checkpoints: Checkpoints | undefined): RangeError =>
  new RangeError(
    `no checkpoint of step ${step} is kept; there are those of ${checkpoints?.steps().join(', ') || 'none'}`,
  );

/** A branch of `parent` after step `from`. @throws RangeError saying why there cannot be one. */
function branchOff(parent: CurrentRun | null, settings: RunSettings, from: number): Branch {
  const checkpoint = parent?.checkpoints.of(from);
  if (!parent || !checkpoint) throw noCheckpoint(from, parent?.checkpoints);
  const problem = branchProblem(parent.settings, settings, from);
  if (problem !== null) throw new RangeError(problem);
  const { learner = null, judge = null } = checkpoint;
  return {
    checkpoint: {
      ...checkpoint,
      // What a learner and a judge have gathered fits only the ones that gathered it.
      learner: parent.settings.experiment === settings.experiment ? learner : null,
      judge: parent.settings.verifier === settings.verifier ? judge : null,
    },
    checkpoints: parent.checkpoints.upTo(from),
    base: parent.start,
  };
}

/** A run that was kept, from its last checkpoint on. @throws RangeError if it has none. */
function reopened(shape: PolicyShape, kept: readonly Checkpoint[]): Branch {
  const [first, last] = [kept[0], kept.at(-1)];
  if (!first || !last) throw new RangeError('the run has no checkpoint to go on from');
  return {
    checkpoint: last,
    checkpoints: createCheckpoints(undefined, kept),
    base: { shape, parameters: first.snapshot.parameters },
  };
}

/** A run that was left, from its last checkpoint up to a step on. @throws RangeError if it is kept no more. */
function leftOff(left: CurrentRun | null, from: number): Branch {
  const checkpoints = left?.checkpoints.upTo(from);
  const checkpoint = checkpoints?.all().at(-1);
  if (!left || !checkpoints || !checkpoint)
    throw new RangeError('the run that was left is no longer kept');
  return { checkpoint, checkpoints, base: left.start };
}

/**
 * Has a run that will be left go on from where it is, should the reader come back to it. What was left off in the middle of a
 * step goes on from the checkpoint before.
 */
export async function keepPlace({ checkpoints, training, baseP, step, isWhole }: CurrentRun) {
  if (training && baseP && isWhole) checkpoints.add(await checkpointOf(training, step, baseP));
}

/**
 * What a later version holds out, it may have trained on before, and evaluations of other problems say nothing beside the
 * earlier ones. @throws RangeError naming the first problem that is another one.
 */
export function requireProblems(kept: readonly string[], now: readonly string[]): void {
  const at = now.findIndex((problem, i) => problem !== kept[i]);
  if (at >= 0 || kept.length !== now.length)
    throw new RangeError(
      `the run cannot go on: an earlier version held out other problems, such as ‘${kept[at] ?? 'none'}’ in the place of ‘${now[at] ?? 'none'}’; what it shows stays as it was`,
    );
}

const BEGINNINGS: {
  [K in Load['kind']]: (
    command: Extract<Load, { kind: K }>,
    parent: CurrentRun | null,
  ) => Branch | null;
} = {
  load: () => null,
  branch: ({ settings, from }, parent) => branchOff(parent, settings, from),
  open: ({ shape, checkpoints }) => reopened(shape, checkpoints),
  back: ({ from }, left) => leftOff(left, from),
};

/** Where a run begins that comes after `parent`, or goes back to it; null for its base. @throws RangeError saying why it cannot. */
export const beginningOf = <K extends Load['kind']>(
  command: Extract<Load, { kind: K }>,
  parent: CurrentRun | null,
): Branch | null => BEGINNINGS[command.kind as K](command, parent);

/** A run from its beginning, or from where it branches off; `open` sets it up, again after each loss of the device. */
export function createRun(
  start: Start,
  settings: RunSettings,
  branch: Branch | null,
  open: (checkpoint: Checkpoint | null) => Promise<TrainRun>,
  onLoss: (loss: Loss) => void,
): CurrentRun {
  const checkpoints = branch?.checkpoints ?? createCheckpoints();
  const from = branch?.checkpoint ?? null;
  const run: CurrentRun = {
    ...{ start, settings, checkpoints, training: null },
    step: from?.step ?? -1,
    baseP: from?.baseP ?? null,
    isWhole: true,
    rows: survivingRows(async (checkpoint) => (run.training = await open(checkpoint)), onLoss, {
      checkpoints,
      lastStep: settings.steps,
      from,
    }),
  };
  return run;
}

/**
 * The moment after step `at`, the latest of the run or one with a checkpoint; null for the latest.
 * @throws RangeError naming the steps that there are checkpoints of, if this is neither.
 */
export async function momentOf(
  run: CurrentRun,
  engine: Engine,
  wanted: number | null,
): Promise<Moment> {
  const { checkpoints, training, baseP, start, settings, step } = run;
  const at = wanted ?? step;
  const checkpoint =
    checkpoints.of(at) ??
    (training && baseP && at === step ? await checkpointOf(training, step, baseP) : null);
  if (!checkpoint) throw noCheckpoint(at, checkpoints);
  return { engine, start, settings: trainSettings(settings), checkpoint, kept: checkpoints };
}
