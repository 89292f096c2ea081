import type { PolicySnapshot } from '../policy/policy.ts';
import type { Payer } from '../rl/payer.ts';
import { EXPERIMENTS } from './experiments.ts';
import type { LearnerParts } from './learner.ts';

/** What pays in a run, or null where it is the task's own verifier, or where nothing is learned from rewards. */
export async function payerFor(
  { engine, policy, task, split, settings }: LearnerParts,
  baseParameters: Float32Array,
  judge: PolicySnapshot | null,
): Promise<Payer | null> {
  const { experiment, verifier } = settings;
  if (verifier === 'truth' || !EXPERIMENTS[experiment].usesRewards) return null;
  const { createPayer } = await import('../rl/payer.ts');
  const train = [...split.train, ...(split.beyond?.train ?? [])];
  const parts = { engine, task, shape: policy.shape, baseParameters, train, settings, judge };
  return createPayer(verifier, parts);
}
