import { EngineLostError, type Engine, type Policy } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';

type Verb = 'sample' | 'score' | 'update' | 'snapshot';

/**
 * A reference engine whose calls a test can watch and break: `before` sees every call of a verb, with its number
 * among the calls of that verb, and may throw.
 */
export function watchedEngine(before: (verb: Verb, call: number) => void): Engine {
  const engine = createReferenceEngine();
  const calls: Record<Verb, number> = { sample: 0, score: 0, update: 0, snapshot: 0 };
  return {
    ...engine,
    async createPolicy(shape, parameters) {
      const policy = await engine.createPolicy(shape, parameters);
      const watched = { ...policy };
      for (const verb of Object.keys(calls) as Verb[]) {
        const original = policy[verb] as (...args: unknown[]) => Promise<unknown>;
        (watched as Record<Verb, unknown>)[verb] = async (...args: unknown[]) => {
          before(verb, ++calls[verb]);
          return original(...args);
        };
      }
      return watched as Policy;
    },
  };
}

/** Throws as an engine does whose device is gone. */
export function loseDevice(): never {
  throw new EngineLostError('the device is gone');
}
