import { sliceBatch } from '../policy/batch.ts';
import type { Engine, Policy, Scores } from '../policy/policy.ts';

/** Sequences of one scoring: a third of a second of the TypeScript engine, and all that others score at once anyway. */
const SCORED_AT_ONCE = 2048;

/**
 * The engine, whose new policies await `pause` before they sample, score or update, and between the parts of a large
 * scoring; what it throws ends what they are used for. The numbers are the same.
 */
export function attendedEngine(engine: Engine, pause: () => Promise<void>): Engine {
  return {
    ...engine,
    createPolicy: async (shape, parameters) =>
      attendedPolicy(await engine.createPolicy(shape, parameters), pause),
  };
}

function attendedPolicy(policy: Policy, pause: () => Promise<void>): Policy {
  const { shape } = policy;
  return {
    ...policy,
    async sample(request) {
      await pause();
      return policy.sample(request);
    },
    async score(request) {
      await pause();
      const { batch } = request;
      const B = batch.lengths.length;
      // The batch itself, which a policy knows again when it is updated with it.
      if (B <= SCORED_AT_ONCE) return policy.score(request);
      const parts: Scores[] = [];
      for (let from = 0; from < B; from += SCORED_AT_ONCE) {
        if (from > 0) await pause();
        const part = sliceBatch(shape, batch, from, Math.min(B, from + SCORED_AT_ONCE));
        parts.push(await policy.score({ ...request, batch: part }));
      }
      return joined(parts);
    },
    async update(request) {
      await pause();
      return policy.update(request);
    },
  };
}

function joined(parts: readonly Scores[]): Scores {
  const join = (arrays: readonly Float32Array[]): Float32Array => {
    const whole = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const array of arrays) {
      whole.set(array, at);
      at += array.length;
    }
    return whole;
  };
  return {
    logProbs: join(parts.map(({ logProbs }) => logProbs)),
    entropies: join(parts.map(({ entropies }) => entropies)),
    values: join(parts.map(({ values }) => values)),
    ...(parts[0]!.distributions
      ? { distributions: join(parts.map(({ distributions }) => distributions!)) }
      : {}),
  };
}
