import { minIndex } from 'd3-array';

/** How far each key moves a cursor, in stops. */
const MOVES: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -Infinity,
  End: Infinity,
};

/**
 * Where a key moves a cursor that stands at `index` of `count` stops, never past the first and the last; with Shift an
 * arrow moves it ten times as far. Null for a key that moves nothing.
 */
export function movedIndex(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  index: number,
  count: number,
): number | null {
  const move = MOVES[key];
  if (move === undefined) return null;
  return Math.max(0, Math.min(count - 1, index + move * (shiftKey ? 10 : 1)));
}

/** The index of the stop nearest to x, of stops in ascending order; the last one for null. */
export function nearestIndex(stops: readonly number[], x: number | null): number {
  if (x === null) return stops.length - 1;
  return Math.max(
    0,
    minIndex(stops, (stop) => Math.abs(stop - x)),
  );
}
