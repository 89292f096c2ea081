import type { PolicySnapshot } from './policy.ts';
import { parameterCount, type PolicyShape } from './shape.ts';

/** A snapshot of fresh parameters, whose optimiser has made no step. */
export function freshSnapshot(parameters: Float32Array): PolicySnapshot {
  return {
    parameters,
    firstMoment: new Float32Array(parameters.length),
    secondMoment: new Float32Array(parameters.length),
    updates: 0,
  };
}

/** @throws RangeError naming the array whose length is not the shape's parameter count. */
export function checkSnapshot(shape: PolicyShape, snapshot: PolicySnapshot): void {
  const expected = parameterCount(shape);
  for (const name of ['parameters', 'firstMoment', 'secondMoment'] as const)
    if (snapshot[name].length !== expected)
      throw new RangeError(
        `snapshot: ${name} must have ${expected} elements for this shape, got ${snapshot[name].length}`,
      );
}
