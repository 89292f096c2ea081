import type { Checkpoint, TrainRow, TrainRun } from '../experiments/train.ts';
import { EngineLostError } from '../policy/policy.ts';

/** A snapshot is kept of every so-many-th step; at most as many steps are computed again after a loss. */
export const CHECKPOINT_EVERY = 25;

/** Losses without a new row in between after which going on is hopeless. */
const MOST_LOSSES = 3;

/** What is known when a device was lost. */
export interface Loss {
  /** The last step whose row was given. */
  step: number;
  /** The step that the run goes back to. */
  restored: number;
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
): AsyncGenerator<TrainRow, void> {
  let checkpoint: Checkpoint | null = null;
  let baseP: number[] | null = null;
  let lastStep = -1;
  let losses = 0;
  for (;;) {
    let run: TrainRun | null = null;
    try {
      run = await open(checkpoint);
      for await (const row of run.rows) {
        baseP ??= row.heldOut?.p ?? null;
        if (row.step % CHECKPOINT_EVERY === 0 && row.step > (checkpoint?.step ?? 0) && baseP)
          checkpoint = {
            step: row.step,
            snapshot: await run.policy.snapshot(),
            baseP,
            solved: [...run.solved],
            ...(await run.others()),
          };
        if (row.step <= lastStep) continue;
        lastStep = row.step;
        losses = 0;
        yield row;
      }
      return;
    } catch (error) {
      if (!(error instanceof EngineLostError) || ++losses > MOST_LOSSES) throw error;
      onLoss({ step: Math.max(0, lastStep), restored: checkpoint?.step ?? 0 });
    } finally {
      run?.dispose();
    }
  }
}
