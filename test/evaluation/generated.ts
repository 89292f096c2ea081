import { uniformSequence } from '../../src/core/random.ts';

/** Success probabilities over many orders, with some 0 and some 1 among them. */
export function generatedP(seed: number, count: number): number[] {
  const random = uniformSequence({ seed, stream: 6, step: 0 });
  return Array.from({ length: count }, () => {
    const kind = random();
    return kind < 0.1 ? 0 : kind < 0.2 ? 1 : 10 ** (-8 * random());
  });
}
