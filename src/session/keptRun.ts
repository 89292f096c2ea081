import type { Checkpoint } from '../experiments/train.ts';
import type { PolicyShape } from '../policy/shape.ts';
import { checksum, serialiseBase } from '../run/bases.ts';
import type { Moment } from './moment.ts';

/** What a session has of a run and a page has not. */
export interface KeptRun {
  shape: PolicyShape;
  /** Up to that of the moment, which is the last. */
  checkpoints: readonly Checkpoint[];
  /** SHA-256 of the base's parameters. */
  baseSha256: string;
}

export async function keptRun({ start, checkpoint, kept }: Moment): Promise<KeptRun> {
  const earlier = kept.all().filter(({ step }) => step < checkpoint.step);
  return {
    shape: start.shape,
    checkpoints: [...earlier, checkpoint],
    baseSha256: await checksum(serialiseBase(start.parameters)),
  };
}
