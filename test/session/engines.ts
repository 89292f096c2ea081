import { EngineLostError, type Engine, type Policy } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';

export type Verb = 'sample' | 'score' | 'update' | 'snapshot';

/** An engine whose policies differ in what `change` gives of each; the reference engine, if left out. */
export function changedEngine(
  change: (policy: Policy) => Partial<Policy>,
  engine: Engine = createReferenceEngine(),
): Engine {
  return {
    ...engine,
    async createPolicy(shape, parameters) {
      const policy = await engine.createPolicy(shape, parameters);
      return { ...policy, ...change(policy) };
    },
  };
}

/**
 * An engine, the reference engine if left out, whose calls a test can watch and break: `before` sees every call of a verb,
 * with its number among the calls of that verb, and may throw.
 */
export function watchedEngine(before: (verb: Verb, call: number) => void, engine?: Engine): Engine {
  const calls: Record<Verb, number> = { sample: 0, score: 0, update: 0, snapshot: 0 };
  return changedEngine((policy) => {
    const watched = (verb: Verb) => {
      const original = policy[verb] as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        before(verb, ++calls[verb]);
        return original(...args);
      };
    };
    const verbs = Object.keys(calls) as Verb[];
    return Object.fromEntries(verbs.map((verb) => [verb, watched(verb)]));
  }, engine);
}

/** Throws as an engine does whose device is gone. */
export function loseDevice(): never {
  throw new EngineLostError('the device is gone');
}
