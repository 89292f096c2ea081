import { exp, log } from '../core/elementary.ts';
import { updateWeight } from '../rl/updateWeight.ts';
import type { RunSettings } from './table.ts';

/** Between 0.1 % and 99.9 %, evenly by the odds, as the live figure has it. */
const PS = Array.from({ length: 41 }, (_, i) => 1 / (1 + exp((1 - i / 20) * log(999))));

/**
 * w(p) of the algorithm of settings, for a poster: `problems` are the success probabilities that some algorithms weigh a
 * problem against. Null where it is not finite, or takes too long to compute.
 */
export function weightCurve(
  settings: RunSettings,
  problems: readonly number[],
): { p: number[]; of: number[] } | null {
  try {
    const weight = updateWeight(settings, settings.groupSize, problems);
    const of = PS.map((p) => weight.of(p));
    return of.every(Number.isFinite) ? { p: PS, of } : null;
  } catch {
    return null;
  }
}
