// Without that of d3, which would come with the page before Play.
const sum = (values: readonly number[]): number =>
  values.reduce((before, value) => before + value, 0);

/**
 * What is left to drawings without their margins is shared among them as they share their own heights: for two drawings
 * of which one is twice as high as the other, 2 to 1. See {@link Fill}.
 */
export function sharedHeights(
  room: number,
  own: readonly number[],
  around: readonly number[],
): readonly number[] {
  const grown = Math.max(0, room - sum(around)) / (sum(own) - sum(around));
  return own.map((height, i) => around[i]! + grown * (height - around[i]!));
}

/** How many times its own size a cell is at most: a few large ones tell no more. */
const MOST_GROWN = 3;

/** How large cells are, times their own size, so that as many as there are fill a place and none is outside. */
export function grownTo(
  width: number,
  height: number,
  count: number,
  cellWidth: number,
  cellHeight: number,
): number {
  // In so many columns: the largest that both the width and the height have room for.
  const sizes = Array.from({ length: count }, (_, i) =>
    Math.min(width / ((i + 1) * cellWidth), height / (Math.ceil(count / (i + 1)) * cellHeight)),
  );
  return Math.min(MOST_GROWN, Math.max(0, ...sizes));
}
