import type { Checkpoint } from '../experiments/train.ts';
import type { TrainSettings } from '../experiments/trainSettings.ts';
import type { Engine, Policy } from '../policy/policy.ts';
import type { Start } from '../run/start.ts';
import type { Checkpoints } from './checkpoints.ts';

/** A moment of a run: all that a question about it is answered from. */
export interface Moment {
  engine: Engine;
  start: Start;
  settings: TrainSettings;
  checkpoint: Checkpoint;
  /** All that the run has. */
  kept: Checkpoints;
}

/** The base and the policy of the moment, on the engine of the run but apart from its policies, while `act` needs them. */
export async function withPolicies<T>(
  { engine, start, checkpoint }: Moment,
  act: (policies: { base: Policy; now: Policy }) => Promise<T>,
): Promise<T> {
  const policies: Policy[] = [];
  try {
    for (let i = 0; i < 2; i++)
      policies.push(await engine.createPolicy(start.shape, start.parameters));
    const [base, now] = policies as [Policy, Policy];
    await now.restore(checkpoint.snapshot);
    return await act({ base, now });
  } finally {
    for (const policy of policies) policy.dispose();
  }
}

/** @throws RangeError naming the number of held-out problems, if this is not one of them. */
export function heldOutProblem({ start }: Moment, index: number): unknown {
  const { heldOut } = start.split;
  if (!Number.isInteger(index) || index < 0 || index >= heldOut.length)
    throw new RangeError(
      `there is no held-out problem ${index}; they are 0 to ${heldOut.length - 1}`,
    );
  return heldOut[index];
}
