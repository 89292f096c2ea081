import type { Policy } from '../policy/policy.ts';
import { finishWith } from '../rl/step.ts';
import { requireTeacher, type Learner, type LearnerParts } from './learner.ts';
import { rolledOut } from './supervised.ts';

/**
 * On-policy distillation: the policy answers, and each of its tokens has the advantage
 * A_t = log π_teacher(y_t | …) − log π(y_t | …), with discount 0. One update a step, with weights A_t / N over the N
 * tokens of the step, follows the gradient of the mean reverse KL distance of the tokens, which is the loss.
 *
 * Source: Agarwal et al. 2024, arXiv 2306.13649, section 3, sampled tokens in place of the sum over the vocabulary, as
 * in Thinking Machines 2025, "On-Policy Distillation".
 */
export function createOnPolicyDistillation({ engine, policy, ...parts }: LearnerParts): Learner {
  const { shape, parameters } = requireTeacher(parts.teacher, policy.shape);
  let teacher: Policy | null = null;
  return {
    async learn(request) {
      const { settings, step, deferReport } = request;
      const result = await rolledOut(request);
      if (!request.train) return result;
      teacher ??= await engine.createPolicy(shape, parameters);
      const { temperature, optimizer } = settings;
      const { rollouts } = result.drawn;
      const { logProbs } = await teacher.score({ batch: rollouts, temperature });
      const tokens = rollouts.lengths.reduce((sum, length) => sum + length, 0);
      const T = policy.shape.responseLength;
      rollouts.lengths.forEach((length, b) => {
        for (let at = b * T; at < b * T + length; at++)
          result.advantages[at] = logProbs[at]! - rollouts.logProbs[at]!;
      });
      const loss = -result.advantages.reduce((sum, advantage) => sum + advantage, 0) / tokens;
      const reported = policy.update({
        batch: rollouts,
        temperature,
        weights: { logProb: Float32Array.from(result.advantages, (value) => value / tokens) },
        optimizer,
        deferReport: deferReport === true,
      });
      await finishWith(result, step, reported, deferReport === true, () => loss);
      return result;
    },
    state: () => null,
    dispose: () => teacher?.dispose(),
  };
}
