import { powerOf } from '../../core/elementary.ts';
import type { AdamSettings } from '../policy.ts';
import type { RealArray } from './matrix.ts';

export interface AdamState {
  firstMoment: RealArray;
  secondMoment: RealArray;
  /** Steps made so far. */
  updates: number;
}

/** ‖g‖₂ */
export function gradientNorm(gradient: RealArray): number {
  let squares = 0;
  for (let i = 0; i < gradient.length; i++) squares += gradient[i]! * gradient[i]!;
  return Math.sqrt(squares);
}

/** One step of {@link AdamSettings} uphill, in place; returns ‖gradient‖ before clipping. */
export function adamStep(
  parameters: RealArray,
  gradient: RealArray,
  state: AdamState,
  settings: AdamSettings,
): number {
  const { learningRate, beta1, beta2, epsilon, maxGradNorm } = settings;
  const norm = gradientNorm(gradient);
  const clip = norm > maxGradNorm ? maxGradNorm / norm : 1;
  state.updates++;
  const correction1 = 1 - powerOf(beta1, state.updates);
  const correction2 = 1 - powerOf(beta2, state.updates);
  const { firstMoment: m, secondMoment: v } = state;
  for (let i = 0; i < parameters.length; i++) {
    const g = gradient[i]! * clip;
    m[i] = beta1 * m[i]! + (1 - beta1) * g;
    v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
    parameters[i]! +=
      (learningRate * (m[i]! / correction1)) / (Math.sqrt(v[i]! / correction2) + epsilon);
  }
  return norm;
}
