/** What a run can be slowed down to, in steps a second; null is as fast as it goes. */
export const SPEEDS: readonly (number | null)[] = [0.5, 1, 2, 5, 10, 30, null];

/** The next speed, slower or faster; the same at either end. */
export function nextSpeed(speed: number | null, to: 'slower' | 'faster'): number | null {
  const at = SPEEDS.indexOf(speed) + (to === 'slower' ? -1 : 1);
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at))]!;
}
