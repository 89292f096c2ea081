import type { Checkpoint, TrainRow, TrainRun } from '../experiments/train.ts';
import type { Engine } from '../policy/policy.ts';
import { branchProblem } from '../run/branch.ts';
import type { Start } from '../run/start.ts';
import type { RunSettings } from '../run/table.ts';
import { trainSettings } from '../run/trainSettings.ts';
import { createCheckpoints, type Checkpoints } from './checkpoints.ts';
import type { Moment } from './moment.ts';
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
}

/** Where a run begins that is another's from some step on. */
export interface Branch {
  checkpoint: Checkpoint;
  /** Those of the other run up to there. */
  checkpoints: Checkpoints;
}

const noCheckpoint = (step: number, checkpoints: Checkpoints | undefined): RangeError =>
  new RangeError(
    `no checkpoint of step ${step} is kept; there are those of ${checkpoints?.steps().join(', ') || 'none'}`,
  );

/** A branch of `parent` after step `from`. @throws RangeError saying why there cannot be one. */
export function branchOff(parent: CurrentRun | null, settings: RunSettings, from: number): Branch {
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
  };
}

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
    rows: survivingRows(async (checkpoint) => (run.training = await open(checkpoint)), onLoss, {
      checkpoints,
      lastStep: settings.steps,
      from,
    }),
  };
  return run;
}

/**
 * The moment after step `at`, the latest of the run or one with a checkpoint.
 * @throws RangeError naming the steps that there are checkpoints of, if this is neither.
 */
export async function momentOf(run: CurrentRun, engine: Engine, at: number): Promise<Moment> {
  const { checkpoints, training, baseP, start, settings, step } = run;
  const checkpoint =
    checkpoints.of(at) ??
    (training && baseP && at === step ? await checkpointOf(training, step, baseP) : null);
  if (!checkpoint) throw noCheckpoint(at, checkpoints);
  return { engine, start, settings: trainSettings(settings), checkpoint };
}
