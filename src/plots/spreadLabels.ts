/**
 * Moves labels apart: the given heights in ascending order become at least `distance` apart, as near to where they
 * were as a pass down and a pass up allow, and stay within [lowest, highest] as long as they fit.
 */
export function spreadLabels(
  heights: readonly number[],
  distance: number,
  lowest: number,
  highest: number,
): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]!);
  const spread = heights.slice();
  let limit = lowest;
  for (const i of order) {
    spread[i] = Math.max(spread[i]!, limit);
    limit = spread[i]! + distance;
  }
  limit = highest;
  for (const i of order.reverse()) {
    spread[i] = Math.min(spread[i]!, limit);
    limit = spread[i]! - distance;
  }
  return spread;
}
