import type { Checkpoint, TrainRow, TrainRun } from '../experiments/train.ts';
import { EngineLostError, EngineMemoryError } from '../policy/policy.ts';
import type { Checkpoints } from './checkpoints.ts';

/** A checkpoint is made of every so-many-th step at least; at most as many steps are computed again after a loss. */
export const CHECKPOINT_EVERY = 25;

/** Losses without a new row in between after which going on is hopeless. */
export const MOST_LOSSES = 3;

/** What is known when a device was lost. */
export interface Loss {
  error: EngineLostError;
  /** How many losses there were since the last new row, this one included. */
  inARow: number;
  /** The last step whose row was given; null before the first. */
  step: number | null;
  /** The step that the run goes back to; 0 also where it begins again. */
  restored: number;
}

/** A loss, with the name of what was computed on until then. */
export interface LossOfDevice extends Loss {
  device: string;
}

/** What a surviving run keeps, and where it begins. */
export interface Kept {
  /** Gets the checkpoints that it wants, and that of the last step. */
  checkpoints: Checkpoints;
  lastStep: number;
  /** Where the run branches off from another; the rows begin with the step after it. */
  from?: Checkpoint | null;
}

/**
 * The rows of a run that survives the loss of its device. After a loss `open` starts the run again, on a new engine,
 * from the last checkpoint; the steps up to the loss are computed again, and since every step is a function of the
 * state before it, the rows that follow are those of the undisturbed run.
 *
 * @throws EngineLostError if the device is lost three times without a new row in between.
 */
export async function* survivingRows(
  open: (checkpoint: Checkpoint | null) => Promise<TrainRun>,
  onLoss: (loss: Loss) => void,
  { checkpoints, lastStep, from = null }: Kept,
): AsyncGenerator<TrainRow, void> {
  let checkpoint = from;
  let baseP = from?.baseP ?? null;
  let given = from?.step ?? -1;
  let losses = 0;
  for (;;) {
    let run: TrainRun | null = null;
    try {
      run = await open(checkpoint);
      for await (const row of run.rows) {
        const { step } = row;
        if (row.isCut) {
          // The step is not over: it is kept, and counts as given, when its row is whole.
          const { isCut: _, ...rest } = row;
          if (step >= given) yield rest;
          continue;
        }
        baseP ??= row.heldOut?.p ?? null;
        const isDue = step % CHECKPOINT_EVERY === 0 && step > (checkpoint?.step ?? 0);
        const isKept = checkpoints.wants(step) || step === lastStep;
        if (baseP && (isDue || isKept)) {
          checkpoint = await checkpointOf(run, step, baseP);
          if (isKept) checkpoints.add(checkpoint);
        }
        if (step <= given) continue;
        given = step;
        losses = 0;
        yield row;
      }
      return;
    } catch (error) {
      if (!(error instanceof EngineLostError) || ++losses > MOST_LOSSES) throw error;
      const at = { step: given < 0 ? null : given, restored: checkpoint?.step ?? 0 };
      onLoss({ error, inARow: losses, ...at });
    } finally {
      run?.dispose();
    }
  }
}

/** What a reader is told of a loss, once the run goes on on another device or on the same. */
export function lossNotice(
  { error, step, restored, device: before }: LossOfDevice,
  device: string,
): string {
  const when = step === null ? 'before the first row' : `after step ${step}`;
  const what =
    error instanceof EngineMemoryError
      ? `The GPU had too little memory ${when} (${error.message}).`
      : `The browser took the GPU's context away ${when}.`;
  const rows =
    device === before
      ? 'with the same rows as if undisturbed'
      : `now on ${device}, with the rows of the undisturbed run up to rounding`;
  const goesOn =
    step === null
      ? 'The run begins again'
      : `The run goes on from its snapshot of step ${restored}`;
  return `${what} ${goesOn}, ${rows}.`;
}

/** The state of a run after its latest row, which is that of `step`. */
export async function checkpointOf(
  run: TrainRun,
  step: number,
  baseP: number[],
): Promise<Checkpoint> {
  return {
    step,
    snapshot: await run.policy.snapshot(),
    baseP,
    solved: [...run.solved],
    ...(await run.others()),
  };
}
