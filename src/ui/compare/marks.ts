import { showInterval } from '../../run/studies/shown.ts';
import type { PlanePoint } from '../../plots/intervals.ts';
import { LOOKS } from './groups.ts';
import type { Method, NumberName } from './methods.ts';

/** Where a method stands on the plane; null where it lacks a number. */
export function markOf(method: Method): PlanePoint | null {
  const [x, y] = [method.numbers['pass@1'].interval, method.numbers['pass@256'].interval];
  if (!x || !y) return null;
  const { id, label, group } = method;
  return {
    ...{ id, label, ...LOOKS[group], x: x.mean, y: y.mean },
    ...{ xHalf: x.half, yHalf: y.half },
  };
}

/** A number in a sentence: with its interval, where there is one. */
export function said(method: Method, name: NumberName): string {
  const { interval } = method.numbers[name];
  if (!interval) return '—';
  return interval.half === null ? interval.mean.toFixed(3) : showInterval(interval, 3);
}
