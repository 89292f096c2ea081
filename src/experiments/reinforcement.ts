import type { Policy } from '../policy/policy.ts';
import { freshSnapshot } from '../policy/snapshot.ts';
import { trainingStep } from '../rl/step.ts';
import type { Learner, LearnerParts } from './learner.ts';

/** Reinforcement learning from verifiable rewards, from the policy's own rollouts or from stale ones. */
export const createReinforcement = (parts: LearnerParts): Learner =>
  parts.settings.staleness > 0
    ? createStale(parts)
    : { learn: trainingStep, state: () => null, dispose: () => undefined };

/**
 * The rollouts of step s are drawn by the policy of L = `staleness` steps ago, that is after max(0, s − 1 − L) steps, as
 * if they had waited so long for their training. The policy itself is scored and updated. After a warm start the policy
 * is never older than RLVR is.
 *
 * Of the papers on stale rollouts (Zheng et al. 2025, arXiv 2510.01161) this keeps the distance in steps the same for
 * every rollout; asynchronous systems mix ages, within one answer too.
 */
function createStale({ engine, policy: { shape }, settings, state }: LearnerParts): Learner {
  const { staleness } = settings;
  let past: readonly Float32Array[] = state?.past ?? [];
  let sampler: Policy | null = null;
  return {
    drawsItself: true,
    async learn(request) {
      const { parameters } = await request.policy.snapshot();
      past = [...past, parameters].slice(-staleness - 1);
      const [oldest] = past;
      sampler ??= await engine.createPolicy(shape, oldest!);
      await sampler.restore(freshSnapshot(oldest!));
      return trainingStep({ ...request, sampler });
    },
    state: () => ({ answers: null, past: past.slice(-staleness) }),
    dispose: () => sampler?.dispose(),
  };
}
